"""Julep's SDK for Node on the server. `nox -s node` installs it and runs this."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from node.running import HERE, NODE, needs

SERVE = "from pytest_julep_secrets.cli import main; main(['serve', '--port', '0'])"


@needs("@julep/sdk")
def test_the_sdk_for_node_does_what_the_one_for_python_does() -> None:
    command = [sys.executable, "-c", SERVE]
    with subprocess.Popen(  # noqa: S603 - ourselves
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout is not None
            url = server.stdout.readline().strip()
            env = {**os.environ, "JULEP_BASE_URL": url, "JULEP_API_KEY": "fake"}
            script = subprocess.run(  # noqa: S603 - ours
                [str(NODE), "secrets.mjs"],
                cwd=HERE,
                env=env,
                capture_output=True,
                text=True,
                # Its retries of the conflict alone would take 21, if they waited.
                timeout=15,
                check=False,
            )
        finally:
            server.terminate()

    assert script.stderr == ""
    assert json.loads(script.stdout) == {
        "created": ["stripe_key", "ENCRYPTED"],
        "conflict": [True, 409],
        "updated": True,
        "listed": ["stripe_key"],
        "gone": [True, 404],
        "refused": [403, "Secret name 'prod_key' looks like production"],
    }
