"""Where times and ids come from. Both are arguments of the store."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

Clock = Callable[[], datetime]
NewId = Callable[[datetime], UUID]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
# An id has 36 bits for the seconds.
_END: Final = datetime(4147, 1, 1, tzinfo=UTC)
_OUT_OF_RANGE: Final = "The clock has to stay in the years 1970 to 4146."


class ServerClock:
    """The server's time in UTC, in microseconds: the machine's, until a test says otherwise.

    It is never the same twice: two transactions of the real database practically never share a
    microsecond; here they would, and the newest-first order of a list would be lost.
    """

    def __init__(self) -> None:
        self._last = EPOCH
        # Where it was set to, which then does not go on; and how far it is off until then.
        self._still: datetime | None = None
        self._ahead: timedelta | None = None
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        """Return the time, of something that happens now."""
        with self._lock:
            self._last = max(self._now(), self._last + _TICK)
            return self._last

    def set(self, moment: datetime | float) -> None:
        """Let it be another time, which stands still: only what happens takes a microsecond each.

        Args:
            moment: A datetime with a time zone, or seconds since 1970. It may be in the past.

        Raises:
            ValueError: If it is neither, or not from 1970 to 4146.
        """
        start = _read_moment(moment)
        with self._lock:
            self._still, self._last = start, EPOCH

    def advance(self, by: timedelta | float) -> None:
        """Let time pass; backwards, if that is negative.

        A clock that was not set goes on from there; one that was stands still again.

        Args:
            by: Seconds, or a timedelta.

        Raises:
            ValueError: If it is neither, or leads out of the years 1970 to 4146.
        """
        step = _read_step(by)
        with self._lock:
            moved = _checked(self._now(), step)
            if self._still is not None:
                self._still = moved
            else:
                self._ahead = step + (self._ahead or timedelta())
            if step < timedelta():
                self._last = EPOCH

    def now(self) -> datetime:
        """Return the time; nothing happens."""
        with self._lock:
            return max(self._now(), self._last)

    def _now(self) -> datetime:
        if self._still is not None:
            return self._still
        now = datetime.now(UTC)
        return now if self._ahead is None else now + self._ahead

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.now().isoformat()}>"


def _read_moment(given: object) -> datetime:
    if isinstance(given, datetime) and given.tzinfo is None:
        raise ValueError(
            "The clock cannot be set to a time without a time zone.\n"
            "Write it like this: datetime(2026, 1, 31, tzinfo=UTC)"
        )
    if isinstance(given, datetime):
        return _checked(given.astimezone(UTC), timedelta())
    if isinstance(given, int | float) and not isinstance(given, bool):
        return _checked(EPOCH, _seconds(given))
    raise ValueError(
        f"The clock cannot be set to a {type(given).__name__}.\n"
        "Give it a datetime with a time zone, or seconds since 1970."
    )


def _read_step(given: object) -> timedelta:
    if isinstance(given, timedelta):
        return given
    if isinstance(given, int | float) and not isinstance(given, bool):
        return _seconds(given)
    raise ValueError(
        f"The clock cannot advance by a {type(given).__name__}.\nGive it seconds, or a timedelta."
    )


def _seconds(given: float) -> timedelta:
    try:
        return timedelta(seconds=given)
    except (ValueError, OverflowError):
        raise ValueError(_OUT_OF_RANGE) from None


def _checked(moment: datetime, step: timedelta) -> datetime:
    try:
        moved = moment + step
    except OverflowError:
        moved = EPOCH - _TICK
    if not EPOCH <= moved < _END:
        raise ValueError(_OUT_OF_RANGE)
    return moved


class Uuid7:
    """Version 7 UUIDs in the layout of the server's `uuid_extensions`.

    36 bits of Unix seconds, 24 bits of the second's fraction, 14 bits that count up
    (so that ids of one moment keep their order), 48 random bits.

    Args:
        source: Where the random bits come from; a seeded one gives the same ids again.

    Source:
        Recorded ids; the server's dependency uuid7 0.1.0.
    """

    def __init__(self, source: random.Random | None = None) -> None:
        # An instance of our own: code under test may seed the random module.
        self._random = source or random.Random()  # noqa: S311 - an id, not a credential
        self._count = 0

    def __call__(self, now: datetime) -> UUID:
        """Return a new id for something made at this time."""
        since = now - EPOCH
        seconds = since.days * 86_400 + since.seconds
        fraction = (since.microseconds << 24) // 1_000_000
        self._count = (self._count + 1) & 0x3FFF
        return UUID(
            int=(seconds & 0xFFFFFFFFF) << 92
            | (fraction >> 12) << 80
            | 7 << 76
            | (fraction & 0xFFF) << 64
            | 2 << 62
            | self._count << 48
            | self._random.getrandbits(48)
        )
