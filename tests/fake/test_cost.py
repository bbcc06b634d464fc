"""What a request costs in a store of 100,000 secrets, counted, not timed.

Two measures, as each sees what the other does not: executed lines (a loop written in Python,
where a jump back to the same line counts) and memory (a copy or a sort made in C).
"""

from __future__ import annotations

import gc
import json
import tracemalloc
from collections.abc import Iterator
from typing import Final
from uuid import UUID

import pytest
from counting import lines

from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.fake.rules.fields import Fields
from pytest_julep_secrets.fake.store import Store

SYSTEM: Final = UUID(int=0)
MUCH: Final = 100_000
LITTLE: Final = 100
KINDS: Final = ["create", "update", "first page", "middle page", "delete"]


def filled(count: int) -> FakeServer:
    store = Store()
    for number in range(count):
        store.create(SYSTEM, Fields(f"k{number}", "v"))
    return FakeServer(store)


@pytest.fixture(scope="module")
def small() -> FakeServer:
    return filled(LITTLE)


@pytest.fixture(scope="module")
def large() -> FakeServer:
    return filled(MUCH)


def lines_of(server: FakeServer, call: Call) -> int:
    """Count the lines of Python that answering executes."""
    replies: list[Reply] = []

    count = lines(lambda: replies.append(server.answer(call)))

    assert replies[0].status < 300
    return count


def memory(server: FakeServer, call: Call) -> int:
    """Measure the most bytes in use at once while answering."""
    gc.collect()
    tracemalloc.start()
    try:
        reply = server.answer(call)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert reply.status < 300
    return peak


def calls(server: FakeServer) -> dict[str, Call]:
    """One request of every kind, about a secret in the middle and in places far behind."""
    count = server.store.count(SYSTEM)
    (middle,) = server.store.page(SYSTEM, 1, count // 2)
    body = json.dumps({"name": f"new_{count}", "value": "v"}).encode()
    renamed = json.dumps({"name": f"renamed_{count}", "value": "v"}).encode()
    return {
        "create": Call("POST", "/secrets", body=body),
        "update": Call("PUT", f"/secrets/{middle.id}", body=renamed),
        "first page": Call("GET", "/secrets", "limit=50"),
        "middle page": Call("GET", "/secrets", f"limit=50&offset={count // 2}"),
        "delete": Call("DELETE", f"/secrets/{middle.id}"),
    }


@pytest.fixture
def untouched(small: FakeServer, large: FakeServer) -> Iterator[None]:
    """What a test changes is undone, so that any test may come first."""
    snapshots = small.store.snapshot(), large.store.snapshot()
    yield
    small.store.restore(snapshots[0])
    large.store.restore(snapshots[1])


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("kind", KINDS)
def test_a_request_takes_the_lines_it_takes_in_a_small_store(
    small: FakeServer, large: FakeServer, kind: str
) -> None:
    few = lines_of(small, calls(small)[kind])
    many = lines_of(large, calls(large)[kind])

    assert many <= 2 * few


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("kind", KINDS)
def test_no_request_copies_the_store(large: FakeServer, kind: str) -> None:
    """100,000 references alone take 800,000 bytes."""
    call = calls(large)[kind]

    assert memory(large, call) < 200_000


def test_both_measures_see_what_they_are_for(large: FakeServer) -> None:
    """A page of everything is what costs too much."""
    everything = Call("GET", "/secrets", f"limit={MUCH}")

    assert lines_of(large, everything) > MUCH
    assert memory(large, everything) > 800_000
