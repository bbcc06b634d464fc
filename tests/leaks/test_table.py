"""Every form is found, and by its own row only."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from leaks.corpus import ROWS, VALUES, cases
from pytest_julep_secrets.leaks.search import Search
from pytest_julep_secrets.leaks.table import FORMS

PAGE: Final = Path(__file__).parents[2] / "docs/reference/forms.md"
NAMES: Final = [form.name for form in FORMS]


def search(value: str, without: str = "") -> Search:
    made = Search(tuple(form for form in FORMS if form.name != without))
    made.add(value)
    return made


def redacted(made: Search, text: str) -> str:
    for one in reversed(made.find(text)):
        text = f"{text[: one.start]}REDACTED:k{text[one.end :]}"
    return text


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_of_any_shape_is_found_in_any_form(kind: str) -> None:
    """By name and number of the encoder, as a value would be in the message."""
    missed, left, surroundings = [], [], []
    for number, (_, value, encoder, text) in enumerate(case for case in cases() if case[0] == kind):
        made = search(value)
        if not made.find(text):
            missed.append((number, encoder))
        without = redacted(made, text)
        if made.find(without):
            left.append((number, encoder))
        if not (without.startswith("GET /v1 ") and without.endswith("next line\n")):
            surroundings.append((number, encoder))

    assert (missed, left, surroundings) == ([], [], [])


def test_every_row_has_its_texts() -> None:
    assert sorted(ROWS) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_without_its_row_a_form_is_missed(name: str) -> None:
    found = [bool(search(value).find(text)) for value, text in ROWS[name]]
    found_without = [bool(search(value, name).find(text)) for value, text in ROWS[name]]

    assert found == [True] * len(ROWS[name])
    assert found_without == [False] * len(ROWS[name])


@pytest.mark.parametrize("name", NAMES)
def test_a_row_is_told_by_its_name(name: str) -> None:
    for value, text in ROWS[name]:
        (found,) = search(value).find(text)
        assert name in re.split(" (?:of|in) ", found.form)


def test_the_page_has_every_row() -> None:
    rows = re.findall(r"^\| ([^|]+?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert set(rows) >= {"plain", *NAMES}
    assert [row for row in rows[2:] if row not in {"plain", *NAMES, "form", "---"}] == []
