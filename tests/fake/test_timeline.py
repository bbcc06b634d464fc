"""Keys in order of time, against a sorted list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.fake.timeline import Key, Timeline

START = datetime(2026, 1, 1, tzinfo=UTC)
KEYS = st.integers(0, 3000).map(lambda second: (START + timedelta(seconds=second), str(second)))


def filled(keys: list[Key]) -> Timeline:
    timeline = Timeline()
    for key in keys:
        timeline.add(key)
    return timeline


@given(
    st.lists(KEYS, unique=True, max_size=60),
    st.integers(0, 70),
    st.integers(0, 70),
)
def test_any_page_is_that_of_a_sorted_list(keys: list[Key], limit: int, offset: int) -> None:
    timeline = filled(keys)
    gone = keys[::3]
    for key in gone:
        timeline.remove(key)

    left = sorted(set(keys) - set(gone), reverse=True)
    assert list(timeline.newest(limit, offset)) == left[offset : offset + limit]


def test_thousands_of_keys_in_and_out_again() -> None:
    keys = [(START + timedelta(seconds=n * 7919 % 9000), str(n)) for n in range(9000)]
    timeline = filled(keys)

    assert list(timeline.newest(9000, 0)) == sorted(keys, reverse=True)
    assert list(timeline.newest(3, 4321)) == sorted(keys, reverse=True)[4321:4324]

    for key in keys[:-1]:
        timeline.remove(key)

    assert list(timeline.newest(10, 0)) == keys[-1:]

    timeline.remove(keys[-1])

    assert list(timeline.newest(10, 0)) == []
    timeline.add(keys[0])
    assert list(timeline.newest(10, 0)) == keys[:1]


def test_a_copy_is_independent() -> None:
    timeline = filled([(START, "a")])
    copy = timeline.copy()

    copy.add((START, "b"))

    assert len(list(timeline.newest(10, 0))) == 1
