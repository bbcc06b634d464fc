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


class SystemClock:
    """The machine's time in UTC, in microseconds, never the same twice.

    Two transactions of the real database practically never share a microsecond;
    here they would, and the newest-first order of a list would be lost.
    """

    def __init__(self) -> None:
        self._last = EPOCH
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        """Return the time."""
        with self._lock:
            self._last = max(datetime.now(UTC), self._last + _TICK)
            return self._last


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
