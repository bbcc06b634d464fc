"""What of a text may be replaced, and by what.

A syntax (`json`, `markup`) cuts a text into pieces that text may stand in, and leaves out what
holds them together: brackets, quotes, tags. A value is replaced piece by piece, so that these
stay where they are, however much of them the value covers.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Final, NamedTuple

from pytest_julep_secrets.artefacts.redaction.refusal import BY_HAND, RefusedError
from pytest_julep_secrets.artefacts.redaction.streams import copy_range
from pytest_julep_secrets.leaks.chunks import Hit

Span = tuple[int, int]


def nothing_around(_data: bytes, place: int) -> Span:
    """Say that there is no escape around any place."""
    return place, place


class PieceKind(NamedTuple):
    """What a piece is.

    Attributes:
        around: Gives the escape that a place is inside of, or twice the place.
        quote: What is put around a replacement here.
        is_code: Whether a name in place of numbers would be an error here.
    """

    around: Callable[[bytes, int], Span] = nothing_around
    quote: bytes = b""
    is_code: bool = False


TEXT: Final = PieceKind()


class Piece(NamedTuple):
    """A piece that text may stand in. No escape is cut by its ends."""

    start: int
    data: bytes
    kind: PieceKind

    @property
    def end(self) -> int:
        """Return the place behind it."""
        return self.start + len(self.data)


class Part(NamedTuple):
    """What of a piece a value covers."""

    start: int
    end: int
    kind: PieceKind


class Edit(NamedTuple):
    """A replacement."""

    start: int
    end: int
    new: bytes


Joins = Callable[[list[Part]], bool]


def edits(hits: Iterable[Hit], pieces: Iterator[Piece], joins: Joins) -> Iterator[Edit]:
    """Say what to replace.

    Args:
        hits: In order.
        pieces: In order.
        joins: Whether several parts of one value may become one, with what is between them.
    """
    piece = next(pieces, None)
    done = 0
    for hit in hits:
        covered: list[Part] = []
        while piece is not None and piece.start < hit.end:
            _add(covered, _covered(piece, hit, done))
            if piece.end >= hit.end:
                # It may hold the next one, too.
                break
            piece = next(pieces, None)
        for edit in _replaced(covered, hit.label.encode(), joins):
            yield edit
            done = edit.end


def _covered(piece: Piece, hit: Hit, done: int) -> Part | None:
    free = max(done - piece.start, 0)
    first = max(hit.start - piece.start, free)
    last = min(hit.end - piece.start, len(piece.data))
    if not piece.data[first:last].strip():
        return None
    if piece.kind.is_code and "listed bytes" in hit.form:
        raise RefusedError("A value is in a script as numbers, where no name can stand.", BY_HAND)
    # Half an escape, in front of a name or behind it, would be an error or another character.
    first = max(piece.kind.around(piece.data, first)[0], free)
    last = piece.kind.around(piece.data, last)[1]
    return Part(piece.start + first, piece.start + last, piece.kind)


def _add(covered: list[Part], part: Part | None) -> None:
    if part is None:
        return
    if covered and covered[-1].end == part.start and covered[-1].kind is part.kind:
        covered[-1] = covered[-1]._replace(end=part.end)
    else:
        covered.append(part)


def _replaced(covered: list[Part], label: bytes, joins: Joins) -> Iterator[Edit]:
    new = b"REDACTED:" + label
    if len(covered) > 1 and joins(covered):
        first, last = covered[0], covered[-1]
        yield Edit(first.start, last.end, first.kind.quote + new + last.kind.quote)
        return
    for part in covered:
        yield Edit(part.start, part.end, part.kind.quote + new + part.kind.quote)


def replace(source: BinaryIO, target: BinaryIO, changes: Iterable[Edit]) -> array[int]:
    """Copy a file with replacements; return where they begin in the copy."""
    places = array("q")
    done = 0
    for edit in changes:
        copy_range(source, target, done, edit.start)
        places.append(target.tell())
        target.write(edit.new)
        done = edit.end
    copy_range(source, target, done)
    return places
