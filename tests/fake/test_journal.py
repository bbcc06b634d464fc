"""What was asked."""

from __future__ import annotations

from datetime import UTC, datetime

from pytest_julep_secrets.fake.journal import Entry, Journal


def entry(operation: str, name: str | None = None) -> Entry:
    return Entry(operation, name, None, 200, 1, datetime(2026, 1, 1, tzinfo=UTC))


def test_matching() -> None:
    create, other, listed = entry("create", "a"), entry("create", "b"), entry("list")
    journal = Journal([create, other, listed])

    assert journal.matching(operation="create") == [create, other]
    assert journal.matching(name="b") == [other]
    assert journal.matching(operation="list", name="b") == []
    assert journal.matching() == journal


def test_it_reads_like_a_list() -> None:
    first, second = entry("create"), entry("list")
    journal = Journal()
    journal.add(first)
    journal.add(second)

    assert list(journal) == [first, second]
    assert journal[0] is first
    assert journal[1:] == [second]
    assert second in journal
    assert (journal == 1) is False

    journal.clear()

    assert journal == []
    assert len(journal) == 0
