"""The command."""

from __future__ import annotations

import re

import pytest

from pytest_julep_secrets.cli import main, versions


def test_version_is_what_a_bug_report_needs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert printed == versions()
    assert re.fullmatch(r"pytest-julep-secrets \S+, pytest \S+, httpx \S+, .*Python \S+", printed)


def test_without_arguments_it_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("usage: julep-secrets")


def test_a_wrong_option_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--nope"])

    assert ended.value.code == 2
