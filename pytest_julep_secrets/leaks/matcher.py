"""Many needles, one pass over the text.

Every needle has a least length, so every place where one stands covers a place that is a
multiple of some step: there the text is sampled, and what is found decides where to look
closer. What it costs depends on the text, not on how many needles there are; needles can be
added at any time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

SHORTEST: Final = 4
# Needles are looked for in three groups, as longer ones allow longer steps: the least length,
# and how many bytes are compared at first.
_GROUPS: Final = ((12, 5), (6, 4), (SHORTEST, 4))
# So many are faster compared one by one, with nothing found.
_FEW: Final = 16


class Match(NamedTuple):
    """Where a needle stands. Does not show it.

    Attributes:
        start: Where it begins.
        end: Behind its last byte.
        number: Which needle: 0 for the first one added, and so on.
    """

    start: int
    end: int
    number: int


class Matcher:
    """A growing set of needles. Threads may add while others search."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._groups = [_Group(self._numbers, least, sample) for least, sample in _GROUPS]

    @classmethod
    def of(cls, needles: Iterable[bytes]) -> Matcher:
        """Make one of some needles."""
        made = cls()
        for needle in needles:
            made.add(needle)
        return made

    def __len__(self) -> int:
        """Count the needles."""
        return len(self._numbers)

    def add(self, needle: bytes) -> int:
        """Add a needle of at least 4 bytes and return its number."""
        number = self._numbers.get(needle)
        if number is None:
            number = len(self._numbers)
            next(group for group in self._groups if len(needle) >= group.least).add(needle)
            self._numbers[needle] = number
        return number

    def number(self, needle: bytes) -> int | None:
        """Return the number of a needle, or None if it is not one."""
        return self._numbers.get(needle)

    def find(self, text: bytes) -> list[Match]:
        """Find every place of every needle, in no order."""
        # A copy, as another thread may be adding.
        if len(self._numbers) <= _FEW and not any(one in text for one in list(self._numbers)):
            return []
        return [match for group in self._groups for match in group.find(text)]


class _Group:
    """Needles of at least some length.

    Args:
        numbers: Every needle of the matcher, with its number.
        least: The length.
        sample: How many bytes are compared at first.
    """

    def __init__(self, numbers: dict[bytes, int], least: int, sample: int) -> None:
        self.least = least
        self._numbers = numbers
        self._sample = sample
        self._step = least - sample + 1
        # Samples of needles, with their offsets there and the needles' lengths. One entry
        # serves all needles that begin alike, however many they are.
        self._looks: dict[bytes, tuple[tuple[int, int], ...]] = {}

    def add(self, needle: bytes) -> None:
        for offset in range(self._step):
            sample = needle[offset : offset + self._sample]
            looks = self._looks.get(sample, ())
            if (offset, len(needle)) not in looks:
                # A new tuple, as another thread may be going through the old one.
                self._looks[sample] = (*looks, (offset, len(needle)))

    def find(self, text: bytes) -> list[Match]:
        looks, sample = self._looks, self._sample
        places = range(0, len(text) - sample + 1, self._step) if looks else range(0)
        samples = [text[place : place + sample] for place in places]
        # Mostly there is nothing, and nothing faster than this to say so.
        if looks.keys().isdisjoint(samples):
            return []
        return [
            match
            for place, found in zip(places, map(looks.get, samples), strict=True)
            if found
            for match in self._look_closer(text, place, found)
        ]

    def _look_closer(
        self, text: bytes, place: int, found: tuple[tuple[int, int], ...]
    ) -> list[Match]:
        matches = []
        for offset, length in found:
            start = place - offset
            # Shorter than that at the text's end, where a shorter needle may stand.
            piece = text[start : start + length] if start >= 0 else b""
            number = self._numbers.get(piece)
            if number is not None and len(piece) == length:
                matches.append(Match(start, start + length, number))
        return matches
