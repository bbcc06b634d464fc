"""For programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from pytest_julep_secrets.reports.entry import UNREADABLE, Entry, Report

_LEFT_OUT: Final = {("name", ""), ("form", ""), ("test", "")}


def render(report: Report) -> Iterator[str]:
    """Give one JSON object.

    Its keys are those of `docs/reference/reports.md`. Of an entry, name, form and test are left out
    where there are none; each finding has its fingerprint.
    """
    yield json.dumps(
        {
            "status": report.status,
            "inert": report.inert,
            "files": report.files,
            "found": report.found,
            "unreadable": report.unreadable,
            "entries": [_told(entry) for entry in report.entries],
        },
        indent=2,
    )


def _told(entry: Entry) -> dict[str, object]:
    told = {key: value for key, value in asdict(entry).items() if (key, value) not in _LEFT_OUT}
    return told if entry.check == UNREADABLE else {**told, "fingerprint": entry.fingerprint}
