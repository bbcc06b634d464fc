"""For a job summary, as GitHub shows it; any Markdown with tables will do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pytest_julep_secrets.reports import advice
from pytest_julep_secrets.reports.entry import Entry, Report
from pytest_julep_secrets.reports.shown import shown
from pytest_julep_secrets.reports.tiers import Tiers, tiers
from pytest_julep_secrets.reports.words import counts, inert, many, meaning, verdict

# In bytes. GitHub takes 1 MiB from all of a step, and shows nothing of more.
MOST: Final = 500_000


def render(report: Report) -> Iterator[str]:
    """Give a heading with the verdict, and a table for each kind of finding."""
    found = tiers(report)
    yield f"## julep-secrets: {verdict(report, found)}"
    yield ""
    yield f"{counts(report)} {meaning(report, found)}"
    if report.inert:
        yield ""
        yield _prose(inert(report))
    left = MOST
    for number, line in enumerate(lines := list(_tables(found))):
        left -= len(line.encode()) + 1
        if left < 0:
            rows = sum(line.startswith("| `") for line in lines[number:])
            yield ""
            yield f"**{many(rows, 'more entry').replace('entrys', 'entries')}** did not fit."
            return
        yield line


def _tables(found: Tiers) -> Iterator[str]:
    if found.secrets:
        yield from _head("Secrets", "Secret", "Form", "Where", "Test")
        yield from (
            _row(entry.name, entry.form, _where(entry), entry.test) for entry in found.leaked
        )
        yield ""
        yield f"To upload these files, redact them: {_code(advice.redact(found.leaked))}"
    if found.others:
        yield from _head("Other rules", "Check", "Where", "What")
        yield from (_said(entry, entry.check) for entry in found.others)
    if found.credentials:
        yield from _head("What looks like a credential", "Rule", "Where", "What", "Test")
        for entry in found.credentials:
            yield f"{_said(entry, entry.form or entry.check)} {_code(entry.test)} |"
    if found.unreadable:
        yield from _head("What could not be read", "Where", "Why")
        yield from (
            f"| {_code(_where(e))} | {_prose(shown(e.message))} |" for e in found.unreadable
        )


def _head(title: str, *columns: str) -> Iterator[str]:
    yield from ("", f"### {title}", "")
    yield f"| {' | '.join(columns)} |"
    yield "| --- " * len(columns) + "|"


def _row(*cells: str) -> str:
    return f"| {' | '.join(map(_code, cells))} |"


def _said(entry: Entry, first: str) -> str:
    return f"| {_code(first)} | {_code(_where(entry))} | {_prose(shown(entry.message))} |"


def _where(entry: Entry) -> str:
    return f"{shown(entry.path, 400)}:{entry.line}:{entry.column}"


def _code(text: str) -> str:
    """Show a text as it is: nothing in it is Markdown, HTML, a link, a mention or a cell's end."""
    if not text:
        return ""
    # A "\\|" would do for some readers; for others a backslash before it ends the cell.
    text = shown(text, 500).replace("|", r"\x7c")
    runs = re.findall(r"`+", text)
    fence = "`" * (max(map(len, runs), default=0) + 1)
    space = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{space}{text}{space}{fence}"


def _prose(text: str) -> str:
    """Show a sentence that may quote anything."""
    escaped = re.sub(r"[.:](?!\s|$)|[^\w\s.:,;()'-]|_", lambda found: f"&#{ord(found[0])};", text)
    # Mentions and numbers of issues are looked for when entities are characters again.
    return re.sub(r"&#(?:64|35);", r"\g<0>&#8203;", escaped)
