"""The drawing of the flows can be read: by programs that read aloud, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

ROOT: Final = Path(__file__).parent.parent
DRAWING: Final = (ROOT / "docs/flows.svg").read_text()
SVG: Final = "{http://www.w3.org/2000/svg}"
LIGHT, _, DARK = DRAWING.partition("@media (prefers-color-scheme: dark)")
# Of text and its ground, as WCAG 2.2 asks for, level AA.
ENOUGH: Final = 4.5


def test_it_is_told_in_words() -> None:
    drawing = ET.fromstring(DRAWING)  # noqa: S314 - our own

    told = [drawing.find(f"{SVG}{name}") for name in ("title", "desc")]

    assert all(element is not None and element.text for element in told)
    ids = [element.get("id") for element in told if element is not None]
    assert drawing.get("aria-labelledby") == " ".join(str(one) for one in ids)


def test_it_loads_and_runs_nothing() -> None:
    assert re.findall(r"<script|href|@import|url\((?!#)", DRAWING) == []


def fill(styles: str, selector: str) -> str:
    found = re.search(rf"^ *{re.escape(selector)} {{[^}}]*fill: (#\w{{6}})", styles, re.MULTILINE)
    assert found is not None, selector
    return found[1]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("styles", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["text", ".more, .label"])
@pytest.mark.parametrize("ground", [".panel", ".box", ".ours"])
def test_text_stands_out(styles: str, text: str, ground: str) -> None:
    dark, light = sorted(luminance(fill(styles, one)) for one in (text, ground))

    assert (light + 0.05) / (dark + 0.05) >= ENOUGH


@pytest.mark.parametrize("page", ["README.md", "docs/index.md", "docs/explanation/why.md"])
def test_pages_that_show_it_say_what_it_is(page: str) -> None:
    assert re.search(r"!\[[^]]{20,}\]\([./\w]*flows\.svg\)", (ROOT / page).read_text())
