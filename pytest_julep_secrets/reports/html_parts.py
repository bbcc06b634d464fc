"""Pieces of the page. Each gives HTML; text that comes in is escaped here, and only here."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from typing import Final

from pytest_julep_secrets.reports.shown import shown

# Rows of one table, groups of one section. The page is for looking; programs take the JSON.
MOST: Final = 100


def text(said: str) -> str:
    """Escape a text."""
    return html.escape(said)


def code(said: str, most: int = 400) -> str:
    """Show foreign text as it is, in one line."""
    # Long paths and ids break after these, not in the middle of a word.
    broken = text(shown(said, most)).replace("/", "/<wbr>").replace("::", "::<wbr>")
    return f"<code>{broken}</code>"


def count(number: int, what: str) -> str:
    """Show how many, beside a title."""
    return f'<span class="count">{number:,} {what if number == 1 else what + "s"}</span>'


def table(columns: Iterable[str], rows: list[list[str]], label: str) -> Iterator[str]:
    """Give a table; on a narrow screen each cell says itself what it is.

    Args:
        columns: The titles of the columns. One without any cell is left out.
        rows: Cells, as HTML.
        label: What the table is of, for who cannot see where it stands.
    """
    filled = [number for number, cells in enumerate(zip(*rows, strict=True)) if any(cells)]
    titles = [title for number, title in enumerate(columns) if number in filled]
    heads = "".join(f'<th scope="col">{title}</th>' for title in titles)
    yield f'<table aria-label="{text(label)}">\n<thead><tr>{heads}</tr></thead>\n<tbody>'
    for row in rows[:MOST]:
        cells = zip(titles, (row[number] for number in filled), strict=True)
        yield f"<tr>{''.join(_cell(title, cell) for title, cell in cells)}</tr>"
    yield "</tbody>\n</table>"
    yield from rest(len(rows))


def rest(number: int) -> Iterator[str]:
    """Say how many of some are not shown, if there are more than are."""
    if number > MOST:
        yield f'<p class="note">{number - MOST:,} more: the JSON report has all.</p>'


def todo(items: Iterable[str]) -> Iterator[str]:
    """Give what to do next, as HTML."""
    yield '<div class="todo">\n<p>What to do</p>\n<ul>'
    yield from (f"<li>{item}</li>" for item in items)
    yield "</ul>\n</div>"


def _cell(title: str, cell: str) -> str:
    label = f' data-label="{title}"' if title != "Where" else ""
    return f'<td class="{title.lower()}"{label}>{cell}</td>' if cell else "<td></td>"
