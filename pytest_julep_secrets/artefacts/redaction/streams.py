"""Files of any size, read in parts: by several readers at a time, and copied."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PART: Final = 1 << 18
# What is smaller stays in memory.
_SMALL: Final = 1 << 23


class _Reading(io.RawIOBase):
    """A reader with a place of its own, of a file that others read too."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = self._place if whence == io.SEEK_CUR else 0
        if whence == io.SEEK_END:
            base = self._file.seek(0, io.SEEK_END)
        self._place = base + offset
        return self._place

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        target = memoryview(buffer).cast("B")
        self._file.seek(self._place)
        data = self._file.read(len(target))
        target[: len(data)] = data
        self._place += len(data)
        return len(data)


def reader(file: BinaryIO) -> io.BufferedReader:
    """Read a file from its start, whatever other readers do meanwhile."""
    return io.BufferedReader(_Reading(file), PART)


def parts(file: BinaryIO, size: int = PART) -> Iterator[bytes]:
    """Give all of a file, from its start, in parts of so many bytes."""
    reading = reader(file)
    while part := reading.read(size):
        yield part


class _Scratch(tempfile.SpooledTemporaryFile[bytes]):
    """One that is closed when nobody has it any more, as a list is."""

    def __del__(self) -> None:
        self.close()


def scratch() -> BinaryIO:
    """Make a file of no name, in memory while it is small; it is gone when nobody has it."""
    return cast("BinaryIO", _Scratch(_SMALL))


def copied(source: BinaryIO) -> BinaryIO:
    """Copy what is left of a source, which need not be seekable, into a scratch file."""
    target = scratch()
    while part := source.read(PART):
        target.write(part)
    return target


def copy_range(source: BinaryIO, target: BinaryIO, start: int, end: int | None = None) -> None:
    """Copy the bytes from one place to another, or to the end, to where the target stands."""
    while end is None or start < end:
        source.seek(start)
        part = source.read(PART if end is None else min(PART, end - start))
        if not part:
            return
        target.write(part)
        start += len(part)
