"""Times and ids."""

from __future__ import annotations

import math
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
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


MOMENT = datetime(2026, 1, 31, 12, tzinfo=UTC)
STEP = timedelta(microseconds=1)


def test_a_clock_that_is_set_stands_still_but_for_what_happens() -> None:
    clock = ServerClock()
    clock.set(MOMENT)

    assert [clock(), clock(), clock()] == [MOMENT, MOMENT + STEP, MOMENT + 2 * STEP]
    assert clock.now() == clock.now() == MOMENT + 2 * STEP


@pytest.mark.parametrize(
    "moment",
    [
        MOMENT.timestamp(),
        int(MOMENT.timestamp()),
        MOMENT.astimezone(timezone(timedelta(hours=5, minutes=30))),
    ],
)
def test_ways_to_say_a_moment(moment: datetime | float) -> None:
    clock = ServerClock()
    clock.set(moment)

    assert clock() == MOMENT
    assert clock.now().tzinfo is UTC


def test_a_clock_that_is_set_advances_from_there_exactly() -> None:
    clock = ServerClock()
    clock.set(MOMENT)
    clock()
    clock()

    clock.advance(timedelta(days=90))
    later = clock()
    clock.advance(-1.5)

    assert later == MOMENT + timedelta(days=90)
    assert clock() == later - timedelta(seconds=1.5)


def test_a_clock_that_was_not_set_goes_on_from_where_it_was_moved_to() -> None:
    clock = ServerClock()
    clock.advance(timedelta(days=-91))
    before = datetime.now(UTC)
    old = [clock() for _ in range(100)]

    clock.advance(timedelta(days=91))

    assert old == sorted(set(old))
    assert before <= old[0] + timedelta(days=91) <= datetime.now(UTC)
    assert clock() >= before


@given(st.lists(st.integers(-(10**7), 10**7) | st.none(), max_size=20))
def test_between_two_moves_it_never_says_the_same_twice_nor_goes_back(
    moves: list[int | None],
) -> None:
    clock = ServerClock()
    clock.set(MOMENT)
    expected, last = MOMENT, None
    for move in moves:
        if move is None:
            now = clock()
            assert now >= expected
            assert last is None or now > last
            last = now
        else:
            clock.advance(move)
            expected += timedelta(seconds=move)
            last = last if move >= 0 else None


@pytest.mark.parametrize("moment", [MOMENT.replace(tzinfo=None), "2026-01-31", None, True])
def test_what_is_no_moment(moment: object) -> None:
    with pytest.raises(ValueError, match="The clock cannot be set to a"):
        ServerClock().set(moment)  # type: ignore[arg-type]


@pytest.mark.parametrize("step", ["1", None, MOMENT, True])
def test_what_is_no_step(step: object) -> None:
    with pytest.raises(ValueError, match="The clock cannot advance by a"):
        ServerClock().advance(step)  # type: ignore[arg-type]


@pytest.mark.parametrize("seconds", [-1, 1e11, 1e300, math.inf, math.nan])
@pytest.mark.parametrize("is_set", [True, False])
def test_moments_that_ids_cannot_tell(seconds: float, is_set: bool) -> None:
    clock = ServerClock()
    if is_set:
        clock.set(0)
    with pytest.raises(ValueError, match="in the years 1970 to 4146"):
        clock.set(seconds)
    with pytest.raises(ValueError, match="in the years 1970 to 4146"):
        clock.advance(seconds if seconds != -1 else -1e10)
    assert clock.now() == clock.now() if is_set else clock.now() >= MOMENT


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
