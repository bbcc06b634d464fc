"""The database: one transaction at a time, at a cost that does not grow."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any
from uuid import UUID

import pytest

from pytest_julep_secrets.fake.refusals import (
    InvalidData,
    InvalidName,
    NameTaken,
    NameTooLong,
    Refused,
    TooDeep,
    UnknownId,
)
from pytest_julep_secrets.fake.rules.fields import Fields
from pytest_julep_secrets.fake.store import Store

A, B = UUID(int=1), UUID(int=2)


def test_update_keeps_what_is_none() -> None:
    store = Store()
    made = store.create(A, Fields("k", "v", "d", {"a": 1}))

    kept = store.update(A, made.id, Fields("k2", "v2"))
    emptied = store.update(A, made.id, Fields("k2", "v2", "", {}))

    assert (kept.name, kept.value, kept.description, kept.metadata) == ("k2", "v2", "d", {"a": 1})
    assert (emptied.description, emptied.metadata) == ("", {})
    assert emptied.created_at == made.created_at < kept.updated_at < emptied.updated_at


def test_nul_is_removed_from_texts() -> None:
    made = Store().create(A, Fields("a\0b", "v\0", "\0", {"k": "\0x"}))

    assert (made.name, made.value, made.description, made.metadata) == ("ab", "v", "", {"k": "x"})


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        (Fields("bad-name", "v"), InvalidName),
        (Fields("taken", "v"), NameTaken),
        (Fields("tak\0en", "v"), NameTaken),
        (Fields("k", "\ud800"), InvalidData),
        (Fields("k", "v", "\udfff"), InvalidData),
        (Fields("\ud800", "v"), InvalidData),
        (Fields("k", "v", None, {"a": float("nan")}), InvalidData),
    ],
)
def test_a_refusal_changes_nothing(fields: Fields, refusal: type[Refused]) -> None:
    store = Store()
    store.create(A, Fields("taken", "v"))
    mine = store.create(A, Fields("mine", "v"))
    before = store.page(A, 10, 0)

    with pytest.raises(refusal):
        store.create(A, fields)
    with pytest.raises(refusal):
        store.update(A, mine.id, fields)

    assert store.page(A, 10, 0) == before


def test_data_is_looked_at_before_the_id_and_the_id_before_the_name() -> None:
    unknown = "0195a000-1111-7222-8333-444455556666"

    with pytest.raises(InvalidData):
        Store().update(A, unknown, Fields("bad-name", "\ud800"))
    with pytest.raises(UnknownId):
        Store().update(A, unknown, Fields("bad-name", "v"))


def test_names_and_metadata_beyond_what_the_server_expects() -> None:
    deep: dict[str, Any] = {}
    for _ in range(966):
        deep = {"a": deep}

    with pytest.raises(TooDeep):
        Store().create(A, Fields("k", "v", None, deep))
    with pytest.raises(NameTooLong):
        Store().create(A, Fields("".join(map(str, range(1000))).replace("0", "k", 1), "v"))


def test_developers_do_not_see_each_other() -> None:
    store = Store()
    made = store.create(A, Fields("k", "v"))
    store.create(B, Fields("k", "v"))

    with pytest.raises(UnknownId):
        store.delete(B, made.id)

    assert store.count(A) == store.count(B) == 1


def test_a_snapshot_can_be_restored_again_and_again() -> None:
    store = Store()
    store.create(A, Fields("k", "v"))
    snapshot = store.snapshot()

    for _ in range(2):
        store.create(A, Fields("k2", "v"))
        (old,) = store.page(A, 1, 1)
        store.delete(A, old.id)
        store.restore(snapshot)

        assert [secret.name for secret in store.page(A, 10, 0)] == ["k"]


def test_time_and_ids_are_arguments() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    times = iter([start, start - timedelta(days=1)])
    ids = iter([UUID(int=7), UUID(int=8)])
    store = Store(clock=lambda: next(times), new_id=lambda _: next(ids))

    store.create(A, Fields("k", "v"))
    store.create(A, Fields("older", "v"))

    assert [secret.name for secret in store.page(A, 10, 0)] == ["k", "older"]
    assert store.page(A, 1, 0)[0].id == str(UUID(int=7))


# --- cost


def work(run: Callable[[], object]) -> int:
    """Count the function calls, of Python and C, that something takes."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(None)
    return calls


def filled(count: int) -> Store:
    store = Store()
    for number in range(count):
        store.create(A, Fields(f"k{number}", "v"))
    return store


def steps(store: Store) -> dict[str, int]:
    """What each operation costs, and how many keys lie in the pieces that it copies."""
    count = store.count(A)
    (middle,) = store.page(A, 1, count // 2)
    return {
        "create": work(lambda: store.create(A, Fields("new", "v"))),
        "update": work(lambda: store.update(A, middle.id, Fields("renamed", "v"))),
        "first page": work(lambda: store.page(A, 50, 0)),
        "middle page": work(lambda: store.page(A, 50, count // 2)),
        "delete": work(lambda: store.delete(A, middle.id)),
    }


def test_in_a_store_of_100000_operations_take_the_steps_they_take_in_one_of_100() -> None:
    small, large = steps(filled(100)), steps(filled(100_000))

    # A binary search over the chunks, and one step for each chunk before an offset.
    allowed = {"create": 15, "update": 5, "first page": 5, "middle page": 60, "delete": 15}
    assert {name: large[name] - small[name] <= more for name, more in allowed.items()} == (
        dict.fromkeys(allowed, True)
    )


def test_no_piece_of_a_timeline_grows_with_the_store() -> None:
    store = filled(10_000)

    chunks = store._tenants[A].timeline._chunks

    assert max(map(len, chunks)) <= 4096
    assert len(chunks) <= 5
