"""What the page on other processes shows in other languages than Python is run, too."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs/how-to/other-processes.md"
# Imports what the page shows, as vitest and jest do.
RUN = """
import { setup, teardown } from "./julep-setup.mjs";

await setup();
const url = process.env.JULEP_BASE_URL;
const headers = { "content-type": "application/json" };
const body = JSON.stringify({ name: "stripe_api_key", value: "sk-fake-1f9c27d4" });
console.log((await fetch(`${url}/secrets`, { method: "POST", headers, body })).status);
console.log((await fetch(`${url}/reset`, { method: "POST" })).status);
console.log(await (await fetch(`${url}/secrets`)).text());
await teardown();
"""


def block(name: str) -> str:
    pattern = rf"<!-- {name} -->\n```\w+\n(.*?)^```"
    found = re.search(pattern, PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"there is no {program} here")


def run(folder: Path, *command: str) -> str:
    # The command `julep-secrets` is beside the interpreter, which need not be on the path.
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603 - what the page shows
        command,
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout


@needs("bash")
@needs("curl")
def test_curl(tmp_path: Path) -> None:
    stored, listed, reset = re.findall(
        r'"name":"stripe_api_key"|"status":"ok"', run(tmp_path, "bash", "-ec", block("curl"))
    )

    assert stored == listed == '"name":"stripe_api_key"'
    assert reset == '"status":"ok"'


@needs("node")
def test_the_setup_for_vitest_and_jest(tmp_path: Path) -> None:
    (tmp_path / "julep-setup.mjs").write_text(block("setup"))
    (tmp_path / "run.mjs").write_text(RUN)

    assert run(tmp_path, "node", "run.mjs") == "201\n200\n[]\n"
