"""Measures taken in turn: A B A B, so that a machine that slows down slows both.

The garbage collector is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import repeat
from statistics import median
from time import perf_counter

# Measures once; returns seconds for one operation.
Measure = Callable[[], float]
# Makes ready what is measured, gives it as a call, and clears up.
Setting = Callable[[], AbstractContextManager[Callable[[], object]]]


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure.

    Attributes:
        quick: True for a look at whether everything still runs.
    """

    quick: bool = False

    def rounds(self, usual: int) -> int:
        """Return how often to take a measure, at least twice."""
        return 2 if self.quick else usual

    def number(self, usual: int) -> int:
        """Return how many operations make one measure."""
        return max(usual // 50, 2) if self.quick else usual


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rounds of ours and theirs; each figure is a median over the rounds.

    Attributes:
        rounds: Ours and theirs, in the order they were measured.
    """

    rounds: Sequence[tuple[float, float]]

    @property
    def ours(self) -> float:
        """Return our median."""
        return median(ours for ours, _ in self.rounds)

    @property
    def theirs(self) -> float:
        """Return the peer's median."""
        return median(theirs for _, theirs in self.rounds)

    @property
    def least(self) -> tuple[float, float]:
        """Return both minima."""
        return min(ours for ours, _ in self.rounds), min(theirs for _, theirs in self.rounds)

    @property
    def ratio(self) -> float:
        """Return ours to theirs, round by round."""
        return median(ours / theirs for ours, theirs in self.rounds)

    @property
    def more(self) -> float:
        """Return what ours takes beyond theirs, round by round."""
        return median(ours - theirs for ours, theirs in self.rounds)


def take_turns(*measures: Measure, rounds: int) -> list[tuple[float, ...]]:
    """Take every measure once to warm up, then all of them in turn."""
    for measure in measures:
        measure()
    return [tuple(measure() for measure in measures) for _ in range(rounds)]


def compare(ours: Measure, theirs: Measure, rounds: int) -> Pairs:
    """Take two measures in turn."""
    return Pairs([(mine, other) for mine, other in take_turns(ours, theirs, rounds=rounds)])


def always(call: Callable[[], object]) -> Setting:
    """Make a setting of a call that needs nothing around it."""
    return lambda: nullcontext(call)


def loop(setting: Setting, number: int) -> Measure:
    """Make a measure of a call, the mean of so many; what surrounds them is not timed."""

    def measure() -> float:
        with setting() as call:
            start = perf_counter()
            for _ in repeat(None, number):
                call()
            return (perf_counter() - start) / number

    return measure
