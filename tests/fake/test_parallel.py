"""One transaction at a time, shown without luck: threads are made to meet inside of one."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call
from pytest_julep_secrets.fake.clock import ServerClock, Uuid7
from pytest_julep_secrets.fake.rules.access import SYSTEM_DEVELOPER
from pytest_julep_secrets.fake.rules.fields import Fields
from pytest_julep_secrets.fake.store import Store

# Where only one thread may be, it waits this long for another; a store that lets a second one
# in fails at once.
PATIENCE = 0.1


class MeetingPoint:
    """Holds up whoever comes, until a second thread is there too, or for a moment.

    It stands for the clock, which the store asks in the middle of each change.
    """

    def __init__(self) -> None:
        self._barrier = threading.Barrier(2)
        self._clock = ServerClock()
        self.is_open = True

    def __call__(self) -> datetime:
        if not self.is_open:
            with suppress(threading.BrokenBarrierError):
                self._barrier.wait(PATIENCE)
        return self._clock()


def send(method: str, path: str, name: str) -> Call:
    body = json.dumps({"name": name, "value": "sk-fake-1"}).encode()
    return Call(method, path, "", {}, body)


def statuses(server: FakeServer, calls: list[Call]) -> Counter[int]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return Counter(reply.status for reply in pool.map(server.answer, calls))


def test_of_50_creates_of_one_name_that_meet_one_wins() -> None:
    point = MeetingPoint()
    server = FakeServer(Store(clock=point))
    point.is_open = False

    assert statuses(server, [send("POST", "/secrets", "k")] * 50) == {201: 1, 409: 49}
    assert server.store.count(SYSTEM_DEVELOPER) == 1


def test_of_20_renames_to_one_name_that_meet_one_wins() -> None:
    point = MeetingPoint()
    server = FakeServer(Store(clock=point))
    made = [server.store.create(SYSTEM_DEVELOPER, Fields(f"k{n}", "v")) for n in range(20)]
    point.is_open = False

    calls = [send("PUT", f"/secrets/{secret.id}", "wanted") for secret in made]

    assert statuses(server, calls) == {200: 1, 409: 19}


@pytest.mark.parametrize(
    "do",
    [
        pytest.param(
            lambda store, _: store.create(SYSTEM_DEVELOPER, Fields("k2", "v")), id="create"
        ),
        pytest.param(
            lambda store, id_: store.update(SYSTEM_DEVELOPER, id_, Fields("k", "v")), id="update"
        ),
        pytest.param(lambda store, id_: store.delete(SYSTEM_DEVELOPER, id_), id="delete"),
        pytest.param(lambda store, _: store.page(SYSTEM_DEVELOPER, 10, 0), id="page"),
        pytest.param(lambda store, _: store.snapshot(), id="snapshot"),
        pytest.param(lambda store, _: store.restore(Store().snapshot()), id="restore"),
        pytest.param(lambda store, _: store.clear(), id="clear"),
    ],
)
def test_a_transaction_waits_for_the_one_under_way(do: Callable[[Store, str], object]) -> None:
    under_way, may_end = threading.Event(), threading.Event()
    new_id = Uuid7()

    def slow_id(now: datetime) -> UUID:
        if not under_way.is_set():
            under_way.set()
            may_end.wait()
        return new_id(now)

    under_way.set()
    store = Store(new_id=slow_id)
    first = store.create(SYSTEM_DEVELOPER, Fields("k", "v"))
    under_way.clear()
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(store.create, SYSTEM_DEVELOPER, Fields("slow", "v"))
        under_way.wait()
        other = pool.submit(do, store, first.id)
        try:
            with pytest.raises(TimeoutError):
                other.result(PATIENCE)
        finally:
            may_end.set()

        assert slow.result().name == "slow"
        other.result()


def test_two_threads_that_meet_in_the_clock_get_different_times() -> None:
    barrier = threading.Barrier(2)
    future = datetime(2100, 1, 1, tzinfo=UTC)

    class Slow(datetime):
        def __add__(self, tick: timedelta, /) -> datetime:  # type: ignore[override]
            with suppress(threading.BrokenBarrierError):
                barrier.wait(PATIENCE)
            return future + tick

    clock = ServerClock()
    clock._last = Slow(2100, 1, 1, tzinfo=UTC)
    with ThreadPoolExecutor(2) as pool:
        times = list(pool.map(lambda _: clock(), range(2)))

    assert sorted(times) == [future + timedelta(microseconds=n) for n in (1, 2)]
