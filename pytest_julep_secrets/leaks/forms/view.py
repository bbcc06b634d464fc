"""A text seen another way, and where each part of it stands in the text it was made of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate, compress, islice
from typing import Final, NamedTuple, Protocol

Span = tuple[int, int]

_BLOCK: Final = 64


class View(Protocol):
    """A text made of another one."""

    @property
    def data(self) -> bytes:
        """Return the text as it is seen."""

    def back(self, start: int, end: int) -> Span | None:
        """Return where a part stands in the text this was made of; None if it stands nowhere."""

    def names(self, start: int, end: int) -> list[str]:
        """Return the forms that a part had there; none if it was the same."""


class Encoding(View, Protocol):
    """A text that another one encodes."""

    def whole(self, start: int, end: int) -> Span:
        """Return the encoded text that a part is in."""


class Rewritten:
    """A text with everything replaced that a pattern matches.

    Args:
        source: The text.
        pattern: What to replace.
        decode: Returns a match's replacement.
        name: Returns the form of a match.
    """

    def __init__(
        self,
        source: bytes,
        pattern: re.Pattern[bytes],
        decode: Callable[[re.Match[bytes]], bytes],
        name: Callable[[re.Match[bytes]], str],
    ) -> None:
        self._source, self._pattern, self._decode, self._name = source, pattern, decode, name
        self.data: bytes = pattern.sub(decode, source)

    @cached_property
    def _pieces(self) -> list[tuple[int, int, int, int, str]]:
        # Where each replacement stands here and there. Made only where something was found.
        pieces, grown = [], 0
        for match in self._pattern.finditer(self._source):
            start, end = match.span()
            here = start + grown
            length = len(self._decode(match))
            pieces.append((here, here + length, start, end, self._name(match)))
            grown += length - (end - start)
        return pieces

    @cached_property
    def _starts(self) -> list[int]:
        return [piece[0] for piece in self._pieces]

    @cached_property
    def _kinds(self) -> set[str]:
        return {piece[-1] for piece in self._pieces}

    def _whereabouts(self, place: int) -> Span:
        number = bisect_right(self._starts, place) - 1
        if number < 0:
            return place, place + 1
        _, here, start, end, _ = self._pieces[number]
        return (start, end) if place < here else (end + place - here, end + place - here + 1)

    def back(self, start: int, end: int) -> Span:
        """Return the part's place, with the whole of every replaced text in it."""
        return self._whereabouts(start)[0], self._whereabouts(end - 1)[1]

    def names(self, start: int, end: int) -> list[str]:
        """Return the forms of what was replaced in a part."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        inside: list[str] = []
        for number in range(first, len(self._pieces)):
            begin, stop, _, _, name = self._pieces[number]
            # A long part has thousands of pieces, and few kinds of them.
            if begin >= end or len(inside) == len(self._kinds):
                break
            # What became nothing counts if something of the part stands before it.
            if stop > start and name not in inside:
                inside.append(name)
        return inside


class Kept:
    """A text without certain bytes, and the others perhaps translated.

    Args:
        source: The text.
        delete: The bytes to leave out.
        table: 256 bytes, what each becomes; None: what it is.
    """

    def __init__(self, source: bytes, delete: bytes, table: bytes | None = None) -> None:
        self.source: bytes = source
        self._delete = delete
        self.data: bytes = source.translate(table, delete)

    @cached_property
    def _counts(self) -> list[int]:
        # How many bytes are kept before each block. Made only where something was found.
        blocks = range(0, len(self.source), _BLOCK)
        kept = (len(self.source[at : at + _BLOCK].translate(None, self._delete)) for at in blocks)
        return [0, *accumulate(kept)]

    @cached_property
    def _marks(self) -> bytes:
        return bytes(code not in self._delete for code in range(256))

    def place(self, number: int) -> int:
        """Return where a byte stands in the source."""
        block = bisect_right(self._counts, number) - 1
        start = block * _BLOCK
        marks = self.source[start : start + _BLOCK].translate(self._marks)
        places = compress(range(start, start + len(marks)), marks)
        return next(islice(places, number - self._counts[block], None))


class Piece(NamedTuple):
    """A part of a text that stands in a `Joined` one."""

    here: int
    start: int
    end: int


class Joined:
    """Some parts of a text, with something between them that stands in no value.

    Args:
        source: The text.
        spans: The parts.
    """

    _BETWEEN: Final = b"\x7f\x7f"

    def __init__(self, source: bytes, spans: list[Span]) -> None:
        self.data: bytes = self._BETWEEN.join(source[start:end] for start, end in spans)
        self._pieces, here = [], 0
        for start, end in spans:
            self._pieces.append(Piece(here, start, end))
            here += end - start + len(self._BETWEEN)
        self._starts = [piece.here for piece in self._pieces]

    def back(self, start: int, end: int) -> Span | None:
        """Return the part's place; None if it reaches over two parts."""
        piece = self._pieces[bisect_right(self._starts, start) - 1]
        stop = end - piece.here + piece.start
        return (start - piece.here + piece.start, stop) if stop <= piece.end else None

    def names(self, start: int, end: int) -> list[str]:  # noqa: ARG002 - of every view
        """Return none: nothing was changed."""
        return []
