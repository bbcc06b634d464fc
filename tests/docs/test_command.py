"""Options and exit statuses of each command are on its page, and no others are."""

from __future__ import annotations

import argparse
import re
from typing import Final

import pytest

from docs.pages import code, section, table
from pytest_julep_secrets.cli import make_parser
from pytest_julep_secrets.reach.connection import Limits

PAGE: Final = "reference/command.md"


def commands() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command."""
    (choices,) = [
        action.choices
        for action in make_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    return dict(choices)


COMMANDS: Final = commands()
each = pytest.mark.parametrize("command", COMMANDS)


def heading(command: str) -> str:
    """Return the heading of a command: its name, and what it has to be given."""
    required = [
        f"{action.metavar}{'...' if action.nargs == '+' else ''}"
        for action in COMMANDS[command]._actions
        if not action.option_strings
    ]
    return f"## `{' '.join(['julep-secrets', command, *required])}`"


def options(command: str) -> dict[str, argparse.Action]:
    """Return the options of a command, as its table calls them."""
    return {
        f"{action.option_strings[0]} {metavar(action)}".strip(): action
        for action in COMMANDS[command]._actions
        if action.option_strings and action.dest != "help"
    }


def metavar(action: argparse.Action) -> str:
    """Return what an option is given: nothing, for most that are on or off."""
    return str(action.metavar or (action.dest.upper() if action.choices else ""))


def test_every_command_has_its_part_of_the_page() -> None:
    parts = re.findall("^## `julep-secrets .*$", section(PAGE), re.MULTILINE)

    assert sorted(parts) == sorted(map(heading, COMMANDS))


@each
def test_options(command: str) -> None:
    rows = {code(row[0])[0]: row[1] for row in table(PAGE, "option | meaning", heading(command))}
    known = options(command)

    assert set(rows) == set(known)
    assert {name for name, meaning in rows.items() if "repeatable" in meaning} == {
        name for name, action in known.items() if isinstance(action, argparse._AppendAction)
    }


@each
def test_defaults(command: str) -> None:
    for row in table(PAGE, "option | meaning", heading(command)):
        default = options(command)[code(row[0])[0]].default
        if isinstance(default, str | int) and not isinstance(default, bool):
            assert f"{default}" in row[1]


@each
def test_exit_statuses(command: str) -> None:
    """As its help has them."""
    _, _, told = (COMMANDS[command].epilog or "").partition("exit status:\n")
    text = section(PAGE, heading(command))
    (table_,) = re.findall(r"^\| exit status \|.*\n\| ---.*\n((?:\|.*\n)+)", text, re.MULTILINE)

    assert re.findall(r"^\| (\d) \|", table_, re.MULTILINE) == re.findall(
        r"^  (\d)  ", told.partition("\n\n")[0], re.MULTILINE
    )


def test_limits_of_the_server() -> None:
    text = " ".join(row[0] for row in table(PAGE, "what | answer", heading("serve")))
    limits = Limits()

    assert re.findall(r"\d+ (?:KiB|MiB|s\b)", text) == [
        f"{limits.head >> 10} KiB",
        f"{limits.body >> 20} MiB",
        f"{limits.request_s} s",
        f"{limits.idle_s} s",
        f"{limits.request_s} s",
    ]
