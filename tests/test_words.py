"""The page of words knows all checks, levels and exemptions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from pytest_julep_secrets.guards.levels import DEFAULTS, LEVELS
from pytest_julep_secrets.plugin.options import EXEMPTIONS

PAGE: Final = (Path(__file__).parent.parent / "docs/reference/words.md").read_text()


def row(word: str) -> str:
    (found,) = re.findall(rf"^\| {word} \| (.*) \|$", PAGE, re.MULTILINE)
    return str(found)


def test_checks_and_levels() -> None:
    assert set(re.findall(r"`(\w+)`", row("check"))) == set(DEFAULTS)
    assert set(re.findall(r"`(\w+)`", row("level"))) == set(LEVELS)


@pytest.mark.parametrize("option", EXEMPTIONS)
def test_exemptions(option: str) -> None:
    named = re.findall(r"`(\w+)`", row("exemption"))

    assert option in named or option.removeprefix("julep_secrets_") in named
