"""What a reader of a format gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple


class Span(NamedTuple):
    """A part of a file that a test has left. One inside of another comes before it.

    Attributes:
        start: Where it begins, in bytes.
        end: Behind its last byte.
        test: As the file names it; "" if it does not.
    """

    start: int
    end: int
    test: str


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """Read a file from where it is to its end, in parts."""
    while chunk := file.read(1 << 16):
        yield chunk
