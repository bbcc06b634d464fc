"""Zip archives: their directory is read by `zipfile`, what is in them by ourselves.

`zipfile` unpacks bzip2 and lzma members whole, and believes archives whose members overlap.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from typing import IO, Final, NamedTuple, cast

from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.kinds import END_OF_ZIP, TAIL
from pytest_julep_secrets.artefacts.layer import CHUNK, File, read_fully
from pytest_julep_secrets.artefacts.limits import Budget
from pytest_julep_secrets.artefacts.member import Member
from pytest_julep_secrets.artefacts.zip_content import Refusals, content_of

_LOCAL: Final = struct.Struct("<4s22xHH")
_UTF_8: Final = 0x800
_BROKEN: Final = (
    zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, struct.error
)  # fmt: skip


class _Place(NamedTuple):
    """Where a member is: its header, what its header has besides the name, its data."""

    header: int
    extra: int
    data: int
    end: int


def zip_members(file: File, budget: Budget) -> Iterator[Member]:
    """Give what is in an archive.

    Args:
        file: One that is seekable.
        budget: What unpacking counts for.

    Raises:
        UnreadableError: If it is broken, or made to unpack to more than can be in it.
    """
    view = _View(file, budget.limits.directory)
    try:
        archive = zipfile.ZipFile(cast("IO[bytes]", view))
        infos = archive.infolist()
        places = [_place(view, info) for info in infos]
        gaps = list(_gaps(view, places, archive.start_dir))
    except _BROKEN:
        raise UnreadableError(
            "The zip archive is broken: it was not written to its end, or is damaged. Write it "
            "anew, or leave it out with --exclude."
        ) from None
    refusals = Refusals()
    for info, place in zip(infos, places, strict=True):
        words = b"\n".join(filter(None, (_encoded(info), info.comment)))
        is_folder = info.is_dir() and not info.file_size
        content = None if is_folder else content_of(file, info, place.data, budget, refusals)
        yield Member(info.filename, words, content)
    yield Member("", archive.comment, None)
    for start, stop in gaps:
        for at in range(start, stop, CHUNK):
            view.seek(at)
            yield Member("", view.read(min(CHUNK, stop - at)), None)


class _View(io.RawIOBase):
    """A file as `zipfile` reads it: reads are full, a place before the beginning is an error.

    Args:
        file: The file.
        most: How much may be read at once, as `zipfile` reads a directory.
    """

    def __init__(self, file: File, most: int) -> None:
        super().__init__()
        self._file = file
        self._most = most
        self._at = 0
        self.size = file.seek(0, 2)

    def read(self, size: int = -1, /) -> bytes:
        """Read all that is asked for."""
        size = self.size - self._at if size < 0 else size
        if size > self._most:
            raise UnreadableError(
                "The zip archive has a directory that is too large to read. Unpack it first if you "
                "trust it."
            )
        self._file.seek(self._at)
        data = read_fully(self._file, size)
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to any place."""
        self._at = offset + (0, self._at, self.size)[whence]
        if self._at < 0:
            raise OSError
        return self._at

    def seekable(self) -> bool:
        """It is."""
        return True


def _encoded(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF_8 else "cp437")


def _place(view: _View, info: zipfile.ZipInfo) -> _Place:
    view.seek(info.header_offset)
    magic, name_size, extra_size = _LOCAL.unpack(view.read(_LOCAL.size))
    if magic != b"PK\x03\x04" or view.read(name_size) != _encoded(info):
        raise zipfile.BadZipFile
    extra = info.header_offset + _LOCAL.size + name_size
    data = extra + extra_size
    return _Place(info.header_offset, extra, data, data + info.compress_size)


def _gaps(view: _View, places: list[_Place], directory: int) -> Iterator[tuple[int, int]]:
    """Give where there is anything besides members and the directory, up to the end of the file."""
    view.seek(0)
    first = min((place.header for place in places), default=directory)
    # What stands before is given with the file as it is, unless it claims to be an archive.
    at = 0 if view.read(2) == b"PK" else first
    for place in sorted(places):
        if place.header < at or place.end > directory:
            raise UnreadableError(
                "The zip archive has members that overlap, as those have that are made to fill a "
                "disk: none of it was unpacked. Unpack it first if you trust it."
            )
        yield at, place.header
        yield place.extra, place.data
        at = place.end
    yield at, directory
    yield _end_of_directory(view), view.size


def _end_of_directory(view: _View) -> int:
    start = max(0, view.size - TAIL)
    view.seek(start)
    last = view.read(TAIL)
    at = last.rfind(END_OF_ZIP)
    return start + at + 22 + int.from_bytes(last[at + 20 : at + 22], "little")
