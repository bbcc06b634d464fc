"""Many needles, one pass over the text.

Every needle has a least length, so every place where one stands covers a place that is a
multiple of some step: there the text is sampled, and what is found decides where to look
closer. What it costs depends on the text, not on how many needles there are; needles can be
added at any time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

# Needles are looked for in two groups, as long ones allow longer steps.
SHORTEST: Final = 6
_LONG: Final = 12
# So many are faster compared one by one, with nothing found.
_FEW: Final = 32


@dataclass(frozen=True, slots=True)
class Match:
    """Where a needle stands. Does not show it.

    Attributes:
        start: Where it begins.
        end: Behind its last character.
        number: Which needle: 0 for the first one added, and so on.
        others: Needles that stand inside of it, or overlap it.
    """

    start: int
    end: int
    number: int
    others: tuple[int, ...] = field(default=(), compare=False)


class Matcher:
    """A growing set of needles. Threads may add while others search."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._groups = (
            _Group(self._numbers, SHORTEST, sample=4),
            _Group(self._numbers, _LONG, sample=5),
        )

    def add(self, needle: str) -> int:
        """Add a needle of at least 6 characters and return its number."""
        number = self._numbers.get(needle)
        if number is None:
            self._groups[len(needle) >= _LONG].add(needle)
            number = self._numbers[needle] = len(self._numbers)
        return number

    def number(self, needle: str) -> int | None:
        """Return the number of a needle, or None if it is not one."""
        return self._numbers.get(needle)

    def find(self, text: str) -> list[Match]:
        """Find all needles.

        Returns:
            Matches from left to right. Where several overlap it is one, of the needle that begins
            first, that ends where the last of them ends and names the others.
        """
        # A copy, as another thread may be adding.
        if len(self._numbers) <= _FEW and not any(one in text for one in list(self._numbers)):
            return []
        found = [match for group in self._groups for match in group.find(text)]
        return _merge(sorted(found, key=lambda match: (match.start, -match.end)))


class _Group:
    """Needles of at least some length.

    Args:
        numbers: Every needle of the matcher, with its number.
        least: The length.
        sample: How many characters are compared at first.
    """

    def __init__(self, numbers: dict[str, int], least: int, sample: int) -> None:
        self._numbers = numbers
        self._sample = sample
        self._step = least - sample + 1
        # Samples of needles, with their offsets there and the needles' lengths. One entry
        # serves all needles that begin alike, however many they are.
        self._looks: dict[str, tuple[tuple[int, int], ...]] = {}

    def add(self, needle: str) -> None:
        for offset in range(self._step):
            sample = needle[offset : offset + self._sample]
            looks = self._looks.get(sample, ())
            if (offset, len(needle)) not in looks:
                # A new tuple, as another thread may be going through the old one.
                self._looks[sample] = (*looks, (offset, len(needle)))

    def find(self, text: str) -> list[Match]:
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
        self, text: str, place: int, found: tuple[tuple[int, int], ...]
    ) -> list[Match]:
        matches = []
        for offset, length in found:
            start = place - offset
            # Shorter than that at the text's end, where a shorter needle may stand.
            piece = text[start : start + length] if start >= 0 else ""
            number = self._numbers.get(piece)
            if number is not None:
                matches.append(Match(start, start + len(piece), number))
        return matches


def _merge(found: list[Match]) -> list[Match]:
    merged: list[Match] = []
    for match in found:
        if merged and match.start < merged[-1].end:
            first = merged[-1]
            merged[-1] = replace(
                first, end=max(first.end, match.end), others=(*first.others, match.number)
            )
        else:
            merged.append(match)
    return merged
