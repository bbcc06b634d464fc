"""For people, and for editors that know `path:line:column:`."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_julep_secrets.reports.entry import Report


def render(report: Report) -> Iterator[str]:
    """Give a line for each entry, and one with the counts."""
    for entry in report.entries:
        path = entry.path.translate(_CONTROLS)
        yield f"{path}:{entry.line}:{entry.column}: {entry.check}: {entry.message}"
    yield _counts(report)


# A file may be called anything; it must not look like another line of the report.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), 127)}


def _counts(report: Report) -> str:
    found = f"{_many(report.found, 'finding')} in {_many(report.files, 'file')}."
    if report.unreadable:
        found += f" Could not be read: {report.unreadable}."
    return found


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
