"""What a report is made of."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.reports.entry import Entry, Report

FOUND = Entry("a.py", 1, 2, "names", "It looks like production.")
UNREADABLE = Entry("b.py", 1, 1, "unreadable", "It is not Python.")


@pytest.mark.parametrize(
    ("entries", "status"),
    [((), 0), ((FOUND,), 1), ((FOUND, FOUND), 1), ((UNREADABLE,), 2), ((FOUND, UNREADABLE), 2)],
)
def test_the_exit_status(entries: tuple[Entry, ...], status: int) -> None:
    assert Report(entries, 3).status == status
