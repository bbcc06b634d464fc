"""What `docs/reference/guide.md` says, read from its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from guide.guide import ROOT

PAGE = ROOT / "docs/reference/guide.md"
TEXT = PAGE.read_text(encoding="utf-8")
LINK = re.compile(r"\[([^]]+)\]\(([^)#]+)[^)]*\)")
CODE = re.compile(r"`+ ?(.+?) ?`+")
BLOCK = r"^```{}\n(.*?)^```"


class Link(NamedTuple):
    """A link to a file of the project."""

    text: str
    path: Path


@dataclass(frozen=True)
class Row:
    """A row of a table: its section, and its cells by the table's headings."""

    section: str
    cells: dict[str, str]

    def links(self, heading: str) -> list[Link]:
        """Return the links of a cell."""
        found = LINK.findall(self.cells[heading])
        return [Link(text.strip("`"), (PAGE.parent / path).resolve()) for text, path in found]

    def code(self, heading: str) -> list[str]:
        """Return what a cell has as code."""
        return CODE.findall(self.cells[heading])


def rows() -> list[Row]:
    """Return the rows of all tables, in order."""
    found: list[Row] = []
    for section in re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]:
        title = section.partition("\n")[0]
        for table in re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE):
            heads, _, *bodies = [_cells(line) for line in table.splitlines()]
            found += [Row(title, dict(zip(heads, body, strict=True))) for body in bodies]
    return found


def told(path: Path, heading: str) -> str:
    """Return a cell of the row of a sample."""
    (row,) = [
        row
        for row in rows()
        if "the guide" in row.cells and path in [link.path for link in row.links("the guide")]
    ]
    return row.cells[heading]


def blocks(language: str) -> list[str]:
    """Return the page's code in a language."""
    return re.findall(BLOCK.format(language), TEXT, re.MULTILINE | re.DOTALL)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
