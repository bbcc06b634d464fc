"""The pages, and the tables in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = sorted((ROOT / "docs").rglob("*.md"))
# What stands around a row's cells, and between them; not in code, as in `a\|b`.
_BAR: Final = re.compile(r"(?<!\\)\|")


def name(page: Path) -> str:
    """Return a page's path in the repository."""
    return page.relative_to(ROOT).as_posix()


def section(page: str, heading: str = "") -> str:
    """Return what stands below a heading, up to the next of its level or above.

    Args:
        page: Its path below `docs`.
        heading: With its `##`, as it stands there; "" for the whole page.
    """
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    if not heading:
        return text
    _, found, rest = text.partition(f"\n{heading}\n")
    assert found, f"There is no heading {heading!r} on {page}."
    level = len(heading) - len(heading.lstrip("#"))
    return re.split(rf"^#{{1,{level}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def table(page: str, header: str, heading: str = "") -> list[list[str]]:
    """Return the rows of a table, each as its cells.

    Args:
        page: Its path below `docs`.
        header: The cells above the table: "option | meaning".
        heading: What it is below, as for `section`.
    """
    text = section(page, heading)
    _, found, rest = text.partition(f"\n| {header} |\n".replace("|  |", "| |"))
    assert found, f"There is no table {header!r} on {page}."
    rows = rest.split("\n\n")[0].splitlines()[1:]
    return [[cell.strip() for cell in _BAR.split(row)[1:-1]] for row in rows]


def code(cell: str) -> list[str]:
    """Return what a cell has in backticks."""
    return re.findall(r"`(.+?)`", cell)
