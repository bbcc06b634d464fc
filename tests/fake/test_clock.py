"""Times and ids."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.fake.clock import EPOCH, ServerClock, Uuid7


def test_the_clock_never_says_the_same_twice_nor_goes_back() -> None:
    clock = ServerClock()
    times = [clock() for _ in range(1000)]

    assert times == sorted(set(times))
    assert times[0].tzinfo is UTC


def test_nor_in_many_threads() -> None:
    clock = ServerClock()

    with ThreadPoolExecutor(8) as pool:
        times = list(pool.map(lambda _: clock(), range(1000)))

    assert len(set(times)) == 1000


@given(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_an_id_tells_when_it_was_made(moment: datetime) -> None:
    made = Uuid7()(moment)

    seconds = made.int >> 92
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert EPOCH + timedelta(seconds=seconds) == moment.replace(microsecond=0)


def test_ids_of_one_moment_keep_their_order() -> None:
    new_id = Uuid7()
    ids = [new_id(datetime.now(UTC).replace(microsecond=0)) for _ in range(100)]

    assert ids == sorted(set(ids))


def test_a_seeded_source_gives_the_same_ids_again() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)

    assert Uuid7(random.Random(1))(moment) == Uuid7(random.Random(1))(moment)


def test_seeding_the_random_module_does_not() -> None:
    def fresh() -> object:
        random.seed(1)
        return Uuid7()(EPOCH)

    assert fresh() != fresh()
