"""Views of views: what is seen of a text, and where it stands in the text itself."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, NamedTuple, Protocol

from pytest_julep_secrets.leaks.forms.view import Encoding, Span, View


class Place(NamedTuple):
    """Where a part of a view stands in the text itself, and what it looks like there."""

    start: int
    end: int
    names: list[str]


class Layer(Protocol):
    """A text, or what is seen of one.

    Attributes:
        data: What there is to search.
        encoded: Whether something around it is encoded.
    """

    data: bytes
    encoded: bool

    def root(self, start: int, end: int, names: list[str]) -> Place | None:
        """Return where a part stands in the text itself; None if it stands nowhere.

        Args:
            start: Where it begins here.
            end: Behind its last byte.
            names: The forms it has here, the innermost first.
        """


class Whole:
    """The text itself."""

    def __init__(self, data: bytes) -> None:
        self.data: bytes = data
        self.encoded: bool = False

    def root(self, start: int, end: int, names: list[str]) -> Place:
        """Return the same."""
        return Place(start, end, names)


class Seen:
    """A view, and what it is a view of."""

    def __init__(self, view: View, under: Layer) -> None:
        self.data: bytes = view.data
        self.encoded: bool = under.encoded
        self._view, self._under = view, under

    def root(self, start: int, end: int, names: list[str]) -> Place | None:
        """Ask the view, and what is under it."""
        span = self._view.back(start, end)
        return span and self._under.root(*span, [*names, *self._view.names(start, end)[:1]])


class Decoded:
    """What a text encodes."""

    def __init__(self, view: Encoding, under: Layer) -> None:
        self.data: bytes = view.data
        self.encoded: bool = True
        self._view, self._under = view, under

    def root(self, start: int, end: int, names: list[str]) -> Place | None:
        """Ask the encoding, and what is under it."""
        span = self._view.back(start, end)
        if span is not None and not self._under.encoded:
            # What is inside of another encoded text goes with that.
            span = self._view.whole(*span)
        return span and self._under.root(*span, [*names, *self._view.names(start, end)])


class Gathered:
    """Parts of several views that look like text, to be looked at as one."""

    _BETWEEN: Final = b"\x7f\x7f"

    def __init__(self, parts: list[tuple[Layer, Span]]) -> None:
        self.data: bytes = self._BETWEEN.join(
            under.data[start:end] for under, (start, end) in parts
        )
        self.encoded: bool = any(under.encoded for under, _ in parts)
        self._parts, self._starts, here = parts, list[int](), 0
        for _, (start, end) in parts:
            self._starts.append(here)
            here += end - start + len(self._BETWEEN)

    def root(self, start: int, end: int, names: list[str]) -> Place | None:
        """Ask what a part was gathered from, if it is all of one."""
        number = bisect_right(self._starts, start) - 1
        under, (begin, stop) = self._parts[number]
        by = begin - self._starts[number]
        return under.root(start + by, end + by, names) if end + by <= stop else None
