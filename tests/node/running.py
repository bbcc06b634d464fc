"""Runs Node with what `nox -s node` has installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pytest_julep_secrets.reach.served import JulepServer

HERE = Path(__file__).parent
NODE = shutil.which("node")


def needs(package: str) -> pytest.MarkDecorator:
    """Skip where there is no Node, or not this package."""
    installed = NODE is not None and (HERE / "node_modules" / package).exists()
    reason = f"{package} for Node is not installed: nox -s node, or npm install in tests/node"
    return pytest.mark.skipif(not installed, reason=reason)


def node(*args: str, server: JulepServer, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run Node beside its packages, with Julep's SDK on a server."""
    return subprocess.run(  # noqa: S603 - ours
        [str(NODE), *args],
        cwd=HERE,
        env={**os.environ, **server.env},
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
