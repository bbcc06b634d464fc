"""Each sample is the guide's, and all of the guide's are here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guide.guide import SAMPLES, SECTIONS, TEXT, code_of, squeezed

# Prose has sentences, and begins with a capital letter or in the middle of one.
CODE = re.compile(r"[={}\[\]\"'#]|//|;$|\) ?:$|^\w+\.\w|^[a-z_]+ ?:|^(import|from|try|else)\b")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_sample_is_verbatim_but_for_blanks(path: Path) -> None:
    assert squeezed(TEXT).count(squeezed(code_of(path))) == 1


def test_the_guide_has_no_other_code() -> None:
    lines = TEXT.splitlines()
    for path in SAMPLES:
        first, last = _lines_of(squeezed(code_of(path)), lines)
        lines[first:last] = []

    assert [line for line in lines if CODE.search(line)] == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_sample_would_be_missed(path: Path) -> None:
    lines = TEXT.splitlines()
    first, last = _lines_of(squeezed(code_of(path)), lines)

    assert any(CODE.search(line) for line in lines[first:last])


def test_its_sections_are_known_in_order() -> None:
    lines = TEXT.splitlines()
    places = [lines.index(section) for section in SECTIONS]

    assert places == sorted(places)


def _lines_of(code: str, lines: list[str]) -> tuple[int, int]:
    """Find the lines that are this code together."""
    for first in range(len(lines)):
        for last in range(first + 1, len(lines) + 1):
            together = squeezed("".join(lines[first:last]))
            if together == code:
                return first, last
            if not code.startswith(together):
                break
    raise AssertionError(f"the guide does not have these lines: {code[:60]}")
