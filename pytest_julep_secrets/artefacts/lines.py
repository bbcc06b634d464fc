"""Lines and columns of places in a file, counted only where something was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final, NamedTuple

from pytest_julep_secrets.artefacts.artefact import UnreadableError

_CHUNK: Final = 1 << 20
# The bytes of a character behind its first one.
_CONTINUED: Final = bytes(range(0x80, 0xC0))


class Line(NamedTuple):
    """A place in a text.

    Attributes:
        line: From 1.
        column: From 1, in characters.
    """

    line: int
    column: int


def lines_at(file: BinaryIO, offsets: Sequence[int]) -> list[Line]:
    """Return the lines and columns of some places.

    Args:
        file: At its start.
        offsets: Bytes before each place, ascending. One behind the end, or behind what can be
            read, is taken for the end.
    """
    return list(_lines(file, offsets))


def _lines(file: BinaryIO, offsets: Sequence[int]) -> Iterator[Line]:
    here, chunk, counted = Line(1, 1), b"", 0
    begin = 0
    for offset in offsets:
        while offset > begin + len(chunk) and (following := _read(file)):
            here = _moved(here, chunk[counted:])
            begin, chunk, counted = begin + len(chunk), following, 0
        here = _moved(here, chunk[counted : offset - begin])
        counted = offset - begin
        yield here


def _read(file: BinaryIO) -> bytes:
    try:
        return file.read(_CHUNK)
    except UnreadableError:
        return b""


def _moved(here: Line, passed: bytes) -> Line:
    lines = passed.count(b"\n")
    column = 1 if lines else here.column
    last = passed[passed.rfind(b"\n") + 1 :]
    return Line(here.line + lines, column + len(last.translate(None, _CONTINUED)))
