"""For programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from pytest_julep_secrets.reports.entry import Report


def render(report: Report) -> Iterator[str]:
    """Give one JSON object: `files`, `found`, `unreadable`, and `entries` as `Entry` has them."""
    yield json.dumps(
        {
            "files": report.files,
            "found": report.found,
            "unreadable": report.unreadable,
            "entries": [asdict(entry) for entry in report.entries],
        },
        indent=2,
    )
