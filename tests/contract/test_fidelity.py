"""The fidelity certificate, and the command that prints it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contract.certify import certified
from pytest_julep_secrets.cli import main
from pytest_julep_secrets.contract.certificate import shipped

README = Path(__file__).parents[1] / "recordings/README.md"


def test_the_certificate_is_what_recordings_and_contract_say() -> None:
    # If not: nox -s fidelity
    assert shipped() == certified()


def test_the_server_is_the_one_of_the_recordings() -> None:
    server = json.loads(shipped())["server"]
    prose = README.read_text()

    assert f"`{server['commit']}`" in prose
    assert f"branch `{server['branch']}`" in prose
    assert f"CPython {server['versions']['cpython']}" in prose


def test_it_is_printed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fidelity"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Server: julep-ai/julep, branch v1, commit 5371a620"
    assert lines[2].startswith("Recorded: 354 exchanges, 20")
    assert sum(line.startswith("    Why: ") for line in lines) > 5


def test_it_is_printed_as_it_ships(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fidelity", "--json"]) == 0

    assert capsys.readouterr().out == shipped()
