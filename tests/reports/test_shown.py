"""Foreign text in a report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.reports.shown import shown
from reports.samples import HOSTILE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tests/test_ü.py::test[a b]", "tests/test_ü.py::test[a b]"),
        ("a\nb\r\tc\x1b[1m", r"a\x0ab\x0d\x09c\x1b[1m"),
        ("\x85\u2028\u202e\u200b\ufeff", r"\x85\u2028\u202e\u200b\ufeff"),
        ("\udcff\U000e0001", r"\udcff\U000e0001"),
        ("::error::x", r"\x3a:error::x"),
        ("  ::add-mask::x", r"  \x3a:add-mask::x"),
        ("a ##[group]x ##vso[task] ##teamcity[", r"a \x23#[group]x \x23#vso[task] \x23#teamcity["),
        ("## heading", "## heading"),
    ],
)
def test_what_looks_like_something_else(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_a_long_text_loses_its_middle() -> None:
    cut = shown("a" * 500 + "b" * 10**6, 100)

    assert cut == "a" * 35 + "...(1000430 more)..." + "b" * 35


@given(st.text(st.characters()))
def test_any_text_is_one_line_that_a_terminal_shows(text: str) -> None:
    line = shown(text)

    assert line.isprintable()
    assert shown(line) == line
    assert len((line + ".").splitlines()) == 1


def test_no_line_of_it_is_a_command() -> None:
    assert "##[" not in shown(HOSTILE)
    assert not shown(f"::{HOSTILE}").startswith("::")
