"""What the page has to show, from different sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from pytest_julep_secrets.reports import advice
from pytest_julep_secrets.reports.entry import Entry
from pytest_julep_secrets.reports.html_parts import MOST, code, count, rest, table, text, todo
from pytest_julep_secrets.reports.shown import shown
from pytest_julep_secrets.reports.tiers import Tiers, grouped
from pytest_julep_secrets.reports.words import many

_T = TypeVar("_T")
_REPLACE: Final = (
    "If the value is a real one and a file with it has been uploaded, replace the value."
)

# Places that are shown at once: with more, what to do next would be out of sight.
_OPEN: Final = 12


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page.

    Attributes:
        anchor: Where links lead.
        title: Its heading.
        note: What it is, in a sentence.
        body: HTML.
    """

    anchor: str
    title: str
    note: str
    body: Iterator[str]


def sections(found: Tiers) -> Iterator[Section]:
    """Give the parts that have something to show."""
    if found.secrets:
        note = "Values that were looked for, the most frequent first."
        yield Section("secrets", "By secret", note, _by_secret(found))
    if any(entry.test for entry in found.leaked):
        note = "The test that left the value there, as far as the file names tests."
        yield Section("tests", "By test", note, _by_test(found))
    if found.secrets:
        note = "Where to look. What is in an archive stands behind '!/'."
        yield Section("files", "By file", text(note), _by_file(found))
    if found.others:
        note = "What violates a rule."
        yield Section("rules", "Other rules", note, _said(found.others, "Check", lambda e: e.check))
    if found.credentials:
        note = "Not values that were looked for: what is built as a provider's keys are."
        yield Section("credentials", "Look like credentials", text(note), _credentials(found))
    if found.unreadable:
        note = "Nothing is known about what is in these."
        yield Section("unreadable", "Could not be read", note, _unreadable(found))


def _by_secret(found: Tiers) -> Iterator[str]:
    for number, (name, entries) in enumerate(_first(found.secrets.items()), 1):
        yield f'<article class="card" id="secret-{number}">'
        yield f"<h3>{code(name)} {count(len(entries), 'finding')}</h3>"
        command = f"To upload the files all the same: {_command(advice.redact(entries))}"
        yield from todo([*_remedies(entries), command, text(_REPLACE)])
        rows = [[_where(entry), text(shown(entry.form)), _test(entry)] for entry in entries]
        files = len({entry.path for entry in entries})
        yield f"<details{' open' if len(rows) <= _OPEN else ''}>"
        yield f"<summary>{many(len(rows), 'place')} in {many(files, 'file')}</summary>"
        yield from table(("Where", "Form", "Test"), rows, f"Places of {shown(name, 200)}")
        yield "</details>"
        yield "</article>"
    yield from rest(len(found.secrets))


def _by_test(found: Tiers) -> Iterator[str]:
    links = _links(found)
    named = grouped(found.leaked, lambda entry: entry.test)
    # Last, as nobody can be asked about it.
    unnamed = named.pop("", [])
    for test, entries in [*_most_first(named), *([("", unnamed)] if unnamed else [])]:
        rows = [[links[e.name], text(shown(e.form)), _where(e)] for e in entries]
        title = code(test) if test else "No test is named"
        yield f"<details>\n<summary>{title} {count(len(entries), 'finding')}</summary>"
        yield from table(("Secret", "Form", "Where"), rows, "What this test left")
        yield "</details>"
    yield from rest(len(named))


def _by_file(found: Tiers) -> Iterator[str]:
    links = _links(found)
    files = grouped(found.leaked, lambda entry: entry.path)
    for path, entries in _most_first(files):
        yield f"<details>\n<summary>{code(path)} {count(len(entries), 'finding')}</summary>"
        rows = [
            [_point(entry), links[entry.name], text(shown(entry.form)), _test(entry)]
            for entry in sorted(entries)
        ]
        yield from table(("Line", "Secret", "Form", "Test"), rows, "What is in this file")
        yield "</details>"
    yield from rest(len(files))


def _credentials(found: Tiers) -> Iterator[str]:
    yield '<div class="card">'
    rows = [
        [_where(e), text(shown(e.form)), text(shown(e.message)), _test(e)]
        for e in found.credentials
    ]
    yield from table(("Where", "Rule", "What", "Test"), rows, "Look like credentials")
    yield from todo(map(text, advice.CREDENTIALS))
    yield "</div>"


def _unreadable(found: Tiers) -> Iterator[str]:
    yield '<div class="card">'
    rows = [[_where(entry), text(shown(entry.message))] for entry in found.unreadable]
    yield from table(("Where", "Why"), rows, "Could not be read")
    yield from todo(map(text, advice.UNREADABLE))
    yield "</div>"


def _said(entries: list[Entry], column: str, first: Callable[[Entry], str]) -> Iterator[str]:
    yield '<div class="card">'
    rows = [[_where(e), text(first(e)), text(shown(e.message))] for e in entries]
    yield from table(("Where", column, "What"), rows, "Other rules")
    yield "</div>"


def _remedies(entries: list[Entry]) -> Iterator[str]:
    for remedy, forms in advice.for_leaks(entries).items():
        yield f"<b>{text(shown(', '.join(forms), 200))}</b>: {text(remedy)}"


def _links(found: Tiers) -> dict[str, str]:
    links = {name: code(name) for name in found.secrets}
    for number, name in enumerate(_first(found.secrets), 1):
        links[name] = f'<a href="#secret-{number}">{code(name)}</a>'
    return links


def _most_first(groups: dict[str, list[Entry]]) -> list[tuple[str, list[Entry]]]:
    return _first(sorted(groups.items(), key=lambda item: -len(item[1])))


def _first(items: Iterable[_T]) -> list[_T]:
    return list(islice(items, MOST))


def _where(entry: Entry) -> str:
    return code(f"{shown(entry.path)}:{entry.line}:{entry.column}", 1100)


def _point(entry: Entry) -> str:
    return code(f"{entry.line}:{entry.column}")


def _test(entry: Entry) -> str:
    return code(entry.test, 160) if entry.test else ""


def _command(command: str) -> str:
    return f'<span class="command">{code(command, 2000)}</span>'
