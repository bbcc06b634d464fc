"""For GitHub, which shows entries beside the lines of a pull request.

Source: actions/toolkit, packages/core/src/command.ts (what is escaped).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pytest_julep_secrets.reports.entry import Report

_TEXT: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = _TEXT | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report) -> Iterator[str]:
    """Give an annotation for each entry."""
    for entry in report.entries:
        path = entry.path.translate(_PROPERTY)
        yield (
            f"::error file={path},line={entry.line},col={entry.column},"
            f"title=julep-secrets {entry.check}::{entry.message.translate(_TEXT)}"
        )
