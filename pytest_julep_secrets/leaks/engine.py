"""The matcher to use: the fast one if it can be had."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pytest_julep_secrets.leaks.matcher import Match, Matcher

try:
    from pytest_julep_secrets.leaks.ahocorasick_rs import FastMatcher, SteppingMatcher
except ImportError:
    FastMatcher = SteppingMatcher = None  # type: ignore[assignment,misc]


class Engine(Protocol):
    """A growing set of needles."""

    def add(self, needle: bytes) -> int:
        """Add a needle and return its number."""

    def number(self, needle: bytes) -> int | None:
        """Return the number of a needle, or None if it is not one."""

    def find(self, text: bytes) -> list[Match]:
        """Find every place of every needle."""


def fastest() -> Engine:
    """Make the fastest there is."""
    return Matcher() if FastMatcher is None else FastMatcher()


class Fixed(Protocol):
    """Needles that stay the same."""

    def find(self, text: bytes) -> list[Match]:
        """Find every place of every needle, in no order."""


def fixed_matcher(needles: Sequence[bytes]) -> Fixed:
    """Make what finds these, each of at least 4 bytes."""
    return Matcher.of(needles) if SteppingMatcher is None else SteppingMatcher(needles)
