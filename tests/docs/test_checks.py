"""Checks, levels and exemptions are as the page has them."""

from __future__ import annotations

import re
from typing import Final, get_args, get_type_hints

from docs.pages import code, section, table
from pytest_julep_secrets.guards.levels import DEFAULTS, LEVELS
from pytest_julep_secrets.guards.verdict import CHECKS
from pytest_julep_secrets.plugin.options import EXEMPTIONS
from pytest_julep_secrets.plugin.settings import _KEYWORDS, _NAMES
from pytest_julep_secrets.tasks.expressions import Kind
from pytest_julep_secrets.tasks.problem import Problem

PAGE: Final = "reference/checks.md"


def test_checks_and_their_defaults() -> None:
    rows = {code(row[0])[0]: row[1] for row in table(PAGE, "check | default | fails a test that")}

    # Of two, the one that counts where nobody asks.
    defaults = {
        check: re.split(r"[:;]", told.rpartition("else ")[2])[0] for check, told in rows.items()
    }
    assert defaults == DEFAULTS


def test_levels() -> None:
    assert tuple(re.findall(r"`(\w+)` \w+", section(PAGE, "## Levels").partition(".")[0])) == LEVELS


def test_exemptions() -> None:
    rows = table(PAGE, "| by | lets")
    ini = {name for row in rows for cell in row[:2] for name in code(cell) if "julep_" in name}

    assert ini == set(EXEMPTIONS)
    of_both = {name.removeprefix("julep_secrets_") for name in EXEMPTIONS} & set(_KEYWORDS)
    assert {name for row in rows for name in code(row[0])} - ini == {*_NAMES, *of_both}


def test_checks_that_can_be_violated() -> None:
    told = section(PAGE, "## How a violation fails a test").partition(")")[0]

    assert sorted(code(told)) == sorted(CHECKS)


def test_kinds_of_references_and_of_problems() -> None:
    rows = table("reference/tasks.md", "kind | | problem")
    kinds = [code(row[0])[0] for row in rows]
    below = section("reference/tasks.md", "## Kinds").partition("\n\nOf every kind")[2]
    problems = {name for row in rows for name in code(row[2])} | {
        name for name in ("production", "llm key") if f"`{name}`" in below
    }

    assert kinds == list(get_args(Kind))
    assert problems == set(get_args(get_type_hints(Problem)["kind"]))
