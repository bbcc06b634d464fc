"""Writes the fidelity certificate anew: `python -m contract.certify`, with tests on the path."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Final

import pytest_julep_secrets.contract as package
from pytest_julep_secrets.contract import SecretsContract, certificate
from pytest_julep_secrets.contract.promises import promises_of

RECORDINGS: Final = Path(__file__).parents[1] / "recordings"
FILE: Final = Path(package.__path__[0], certificate.FILE)


def certified() -> str:
    """Return the certificate as recordings and contract have it now."""
    server = tomllib.loads((RECORDINGS / "server.toml").read_text(encoding="utf-8"))
    exchanges = {
        file.stem: len(json.loads(file.read_text(encoding="utf-8")))
        for file in sorted(RECORDINGS.glob("*.json"))
    }
    topics = [promise.topic for promise in promises_of(SecretsContract)]
    return certificate.text_of(certificate.build(server, exchanges, topics))


if __name__ == "__main__":
    FILE.write_text(certified(), encoding="utf-8")
