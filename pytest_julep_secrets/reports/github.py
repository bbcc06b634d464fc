"""For GitHub, which shows entries beside the lines of a pull request.

Source: actions/toolkit, packages/core/src/command.ts (what is escaped), docs/problem-matchers.md
(how many are shown).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pytest_julep_secrets.reports.advice import outer
from pytest_julep_secrets.reports.entry import Entry, Report
from pytest_julep_secrets.reports.shown import shown
from pytest_julep_secrets.reports.tiers import tiers
from pytest_julep_secrets.reports.words import inert, sentence

_TEXT: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = _TEXT | str.maketrans({":": "%3A", ",": "%2C"})

# Of each kind, in one step.
SHOWN: Final = 10


def render(report: Report) -> Iterator[str]:
    """Give an annotation for each entry, the most important first, as GitHub shows few."""
    if report.inert:
        yield f"::error title=julep-secrets inert::{inert(report).translate(_TEXT)}"
    more = len(report.entries) + bool(report.inert) - SHOWN
    if more > 0:
        yield (
            f"::warning title=julep-secrets::GitHub shows {SHOWN} errors of a step. "
            f"{more:,} more are in the log of this step."
        )
    for entry in _important_first(report):
        yield _annotation(entry)


def _important_first(report: Report) -> Iterator[Entry]:
    # One of each secret and rule, then the second of each: ten places of one secret would hide
    # nine other secrets.
    groups = list(tiers(report))
    for place in range(max(map(len, groups))):
        yield from (group[place] for group in groups if place < len(group))


def _annotation(entry: Entry) -> str:
    file = outer(entry.path)
    at = f"file={shown(file, 4000).translate(_PROPERTY)}"
    text = sentence(entry)
    if file != entry.path:
        # GitHub knows no lines of what is in an archive.
        where = at
        text = f"{shown(entry.path)}:{entry.line}:{entry.column}: {text}"
    else:
        where = f"{at},line={entry.line},col={entry.column}"
    return f"::error {where},title=julep-secrets {entry.check}::{text.translate(_TEXT)}"
