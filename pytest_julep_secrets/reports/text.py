"""For people, and for editors that know `path:line:column:`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pytest_julep_secrets.reports.entry import Entry, Report
from pytest_julep_secrets.reports.shown import shown
from pytest_julep_secrets.reports.tiers import Tiers, tiers
from pytest_julep_secrets.reports.words import counts, inert, many, place


def render(report: Report) -> Iterator[str]:
    """Give a line for each entry, by secret where there are any, and one with the counts.

    Where nothing could have been found, another line says why.
    """
    if any(entry.name or entry.form for entry in report.entries):
        yield from _by_secret(tiers(report))
    else:
        yield from (_line(entry) for entry in report.entries)
    yield counts(report)
    if report.inert:
        yield inert(report)


def _by_secret(found: Tiers) -> Iterator[str]:
    for name, entries in found.secrets.items():
        yield f"Secret '{shown(name, 200)}': {many(len(entries), 'finding')}"
        yield from (f"  {place(entry)}: {_how(entry)}" for entry in entries)
    yield from _section("Other rules", found.others, _line)
    yield from _section("Look like credentials", found.credentials, _credential)
    yield from _section("Could not be read", found.unreadable, _reason)


def _section(title: str, entries: list[Entry], line: Callable[[Entry], str]) -> Iterator[str]:
    if entries:
        yield f"{title}: {len(entries):,}"
        yield from (f"  {line(entry)}" for entry in entries)


def _line(entry: Entry) -> str:
    return f"{place(entry)}: {entry.check}: {shown(entry.message)}"


def _credential(entry: Entry) -> str:
    return f"{place(entry)}: {_how(entry) or shown(entry.message)}"


def _reason(entry: Entry) -> str:
    return f"{place(entry)}: {shown(entry.message)}"


def _how(entry: Entry) -> str:
    return ", ".join(shown(part, 300) for part in (entry.form, entry.test) if part)
