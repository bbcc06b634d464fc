"""Views of views: what is seen of a text, and where it stands in the text itself."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, NamedTuple

from pytest_julep_secrets.leaks.forms.view import Encoding, Span, View


class Place(NamedTuple):
    """Where a part of a view stands in the text itself, and what it looks like there."""

    start: int
    end: int
    names: list[str]


class Whole:
    """The text itself."""

    encoded: Final = False

    def __init__(self, data: bytes) -> None:
        self.data = data

    def root(self, start: int, end: int, names: list[str]) -> Place | None:
        """Return where a part stands in the text itself; None if it stands nowhere.

        Args:
            start: Where it begins here.
            end: Behind its last byte.
            names: The forms it has here, the innermost first.
        """
        return Place(start, end, names)


class Seen:
    """A view, and what it is a view of."""

    def __init__(self, view: View, under: Layer) -> None:
        self.data: bytes = view.data
        self.encoded: bool = under.encoded
        self._view, self._under = view, under

    def root(self, start: int, end: int, names: list[str]) -> Place | None:
        """Return where a part stands in the text itself; None if it stands nowhere.

        Args:
            start: Where it begins here.
            end: Behind its last byte.
            names: The forms it has here, the innermost first.
        """
        span = self._view.back(start, end)
        if span is None:
            return None
        return self._under.root(*span, [*names, *self._view.names(start, end)[:1]])


class Decoded(Seen):
    """What a text encodes."""

    def __init__(self, view: Encoding, under: Layer) -> None:
        super().__init__(view, under)
        self.encoded = True
        self._encoding = view

    def root(self, start: int, end: int, names: list[str]) -> Place | None:
        """Return where a part stands in the text itself; None if it stands nowhere.

        Args:
            start: Where it begins here.
            end: Behind its last byte.
            names: The forms it has here, the innermost first.
        """
        span = self._view.back(start, end)
        if span is None:
            return None
        # What is inside of another encoded text goes with that.
        if not self._under.encoded:
            span = self._encoding.whole(*span)
        return self._under.root(*span, [*names, *self._view.names(start, end)])


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
        """Return where a part stands in the text itself; None if it stands nowhere.

        Args:
            start: Where it begins here.
            end: Behind its last byte.
            names: The forms it has here, the innermost first.
        """
        number = bisect_right(self._starts, start) - 1
        under, (begin, stop) = self._parts[number]
        by = begin - self._starts[number]
        return under.root(start + by, end + by, names) if end + by <= stop else None


Layer = Whole | Seen | Gathered
