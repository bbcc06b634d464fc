"""What `julep-secrets --help` says, of each command: enough, alike, and on a narrow terminal."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from pytest_julep_secrets.cli import make_parser

ROOT: Final = Path(__file__).parent.parent.parent
PAGE: Final = (ROOT / "docs/reference/command.md").read_text()
STATUS: Final = re.compile(r"^  (\d)  \S", re.MULTILINE)


def commands() -> Mapping[str, argparse.ArgumentParser]:
    (choices,) = (
        action.choices
        for action in make_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    return choices


COMMANDS: Final = commands()
EVERY: Final = pytest.mark.parametrize("name", COMMANDS)
OPTIONS: Final = [
    pytest.param(action, id=f"{name}-{action.metavar or action.dest}-{action.dest}")
    for name, parser in COMMANDS.items()
    for action in parser._actions
    if action.dest != "help"
]


def exit_statuses(parser: argparse.ArgumentParser) -> list[str]:
    part = re.search(r"^exit status:\n(.*?)\n\n", parser.epilog or "", re.MULTILINE | re.DOTALL)
    assert part is not None
    return STATUS.findall(part[1])


@pytest.mark.parametrize("action", OPTIONS)
def test_the_help_of_an_option(action: argparse.Action) -> None:
    text = action.help or ""

    assert re.match(r"[a-z]", text), "It begins in lower case."
    assert not text.endswith("."), "It is no sentence."
    assert text.endswith("; repeatable") == isinstance(action, argparse._AppendAction)
    if isinstance(action.default, str | int) and not isinstance(action.default, bool):
        assert "default: " in text
        assert "%(default)s" in text


@EVERY
def test_exit_statuses_are_told(name: str) -> None:
    statuses = exit_statuses(COMMANDS[name])

    assert statuses[0] == "0"
    assert "2" in statuses
    assert statuses == sorted(statuses)


@pytest.mark.parametrize("name", ["scan", "redact", "lint"])
def test_exit_statuses_are_those_of_the_page(name: str) -> None:
    section = PAGE.partition(f"## `julep-secrets {name} ")[2].partition("\n## ")[0]

    assert exit_statuses(COMMANDS[name]) == re.findall(r"^\| (\d) \|", section, re.MULTILINE)


@EVERY
def test_examples_can_be_typed(name: str) -> None:
    _, _, examples = (COMMANDS[name].epilog or "").partition("\nexamples:\n")
    lines = examples.splitlines()

    assert lines
    for line in lines:
        words = shlex.split(line)
        begin = words.index("julep-secrets")
        options = make_parser().parse_args(words[begin + 1 :])
        assert words[begin + 1] == name
        assert callable(options.run)


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_it_fits_a_narrow_terminal(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    parser = COMMANDS[name] if name else make_parser()

    lines = parser.format_help().splitlines()

    assert [line for line in lines if len(line) > 80] == []
    # An option is in one piece, so that it can be copied.
    assert [line for line in lines if re.search(r"\w-$", line)] == []
