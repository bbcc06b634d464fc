"""The same many needles, found by `ahocorasick_rs` where it is installed.

An automaton cannot grow, and building one anew for each value would cost more than all searches.
So new needles wait in a matcher of our own; enough of them become an automaton, together with
the automata that are not much larger, so that each needle is built in a few times at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ahocorasick_rs import BytesAhoCorasick, Implementation

from pytest_julep_secrets.leaks.matcher import Match, Matcher

_WAITING: Final = 16
# An automaton that is larger by this is left alone: each one costs a pass over the text.
_MUCH: Final = 8
# Of each needle so many bytes are looked for at first, one more where there are.
_COMPARED: Final = 5
# The automaton that is twice as fast takes up to 300 bytes for each byte of what it looks for.
_LARGE: Final = 150_000


class _Automaton:
    """Needles whose number begins with some number."""

    def __init__(self, needles: list[bytes], first: int) -> None:
        self.needles, self.first = needles, first
        # Not the one that is chosen for few needles: it takes four times as long to build.
        self._searcher = BytesAhoCorasick(needles, implementation=Implementation.ContiguousNFA)

    def find(self, text: bytes) -> list[Match]:
        first = self.first
        return [
            Match(start, end, first + number)
            for number, start, end in self._searcher.find_matches_as_indexes(text, overlapping=True)
        ]


class FastMatcher:
    """A growing set of needles. One thread may add while others search."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        # What is searched, in one piece for those who search: automata, the largest first, what
        # waits, and the number of its first.
        self._parts: tuple[tuple[_Automaton, ...], Matcher, int] = ((), Matcher(), 0)

    def __len__(self) -> int:
        """Count the needles."""
        return len(self._numbers)

    def add(self, needle: bytes) -> int:
        """Add a needle of at least 4 bytes and return its number."""
        number = self._numbers.get(needle)
        if number is None:
            number = len(self._numbers)
            self._parts[1].add(needle)
            self._numbers[needle] = number
            if len(self._parts[1]) >= _WAITING:
                self._build()
        return number

    def number(self, needle: bytes) -> int | None:
        """Return the number of a needle, or None if it is not one."""
        return self._numbers.get(needle)

    def find(self, text: bytes) -> list[Match]:
        """Find every place of every needle, in no order."""
        automata, waiting, first = self._parts
        if not automata:
            return waiting.find(text)
        found = [match for automaton in automata for match in automaton.find(text)]
        return found + [match._replace(number=first + match.number) for match in waiting.find(text)]

    def _build(self) -> None:
        automata, _, first = self._parts
        needles = list(self._numbers)
        while automata and len(automata[-1].needles) <= _MUCH * (len(needles) - first):
            first = automata[-1].first
            automata = automata[:-1]
        built = _Automaton(needles[first:], first)
        self._parts = ((*automata, built), Matcher(), len(needles))


class SteppingMatcher:
    """Needles that stay the same, looked for in every second or third byte of a text.

    Of the bytes at even places of a text, a needle's even ones or its odd ones stand there in a
    row. So there is a half to read for twice as many needles, which cost nothing.

    Args:
        needles: Of at least 4 bytes each.
    """

    def __init__(self, needles: Sequence[bytes]) -> None:
        self._needles = needles
        self._step = max(min(map(len, needles), default=0) // _COMPARED, 1)
        # Each row of bytes, with the needles it is of and where it begins in them.
        rows: dict[bytes, list[tuple[int, int]]] = {}
        for number, needle in enumerate(needles):
            for offset in range(self._step):
                row = needle[offset :: self._step][: _COMPARED + 1]
                rows.setdefault(row, []).append((number, offset))
        self._uses = list(rows.values())
        kind = Implementation.DFA if sum(map(len, rows)) < _LARGE else Implementation.ContiguousNFA
        self._searcher = BytesAhoCorasick(list(rows), implementation=kind)

    def find(self, text: bytes) -> list[Match]:
        """Find every place of every needle, in no order."""
        rows = self._searcher.find_matches_as_indexes(text[:: self._step], overlapping=True)
        return [match for row, start, _ in rows for match in self._matches(text, row, start)]

    def _matches(self, text: bytes, row: int, place: int) -> Iterator[Match]:
        for number, offset in self._uses[row]:
            start = place * self._step - offset
            needle = self._needles[number]
            if start >= 0 and text.startswith(needle, start):
                yield Match(start, start + len(needle), number)
