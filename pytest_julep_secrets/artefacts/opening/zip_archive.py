"""Zip archives: their directory is read by `zipfile`, what is in them by ourselves.

`zipfile` unpacks bzip2 and lzma members whole, and believes archives whose members overlap.
"""

from __future__ import annotations

import io
import struct
import zipfile
from array import array
from collections.abc import Iterator
from typing import IO, Final, cast

from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.opening.kinds import END_OF_ZIP, TAIL
from pytest_julep_secrets.artefacts.opening.layer import CHUNK, File, read_fully
from pytest_julep_secrets.artefacts.opening.limits import Budget
from pytest_julep_secrets.artefacts.opening.member import Member
from pytest_julep_secrets.artefacts.opening.zip_content import Refusals, content_of

_LOCAL: Final = struct.Struct("<4s22xHH")
_UTF_8: Final = 0x800
_BROKEN: Final = (
    zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, struct.error
)  # fmt: skip


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
        # In the order of the file, to see what is between them.
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        starts, gaps = _survey(view, infos, archive.start_dir)
    except _BROKEN:
        raise UnreadableError(
            "The zip archive is broken: it was not written to its end, or is damaged. Write it "
            "anew, or leave it out with --exclude."
        ) from None
    refusals = Refusals()
    for info, start in zip(infos, starts, strict=True):
        words = b"\n".join(filter(None, (_encoded(info), info.comment)))
        is_folder = info.is_dir() and not info.file_size
        content = None if is_folder else content_of(file, info, start, budget, refusals)
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


def _survey(
    view: _View, infos: list[zipfile.ZipInfo], directory: int
) -> tuple[array[int], list[tuple[int, int]]]:
    """See where the data of members begins, and where there is anything besides them.

    Raises:
        UnreadableError: If they overlap.
    """
    view.seek(0)
    first = infos[0].header_offset if infos else directory
    # What stands before is given with the file as it is, unless it claims to be an archive.
    at = 0 if view.read(2) == b"PK" else first
    starts = array("Q")
    gaps: list[tuple[int, int]] = []
    for info in infos:
        extra, data = _header(view, info)
        end = data + info.compress_size
        if info.header_offset < at or end > directory:
            raise UnreadableError(
                "The zip archive has members that overlap, as those have that are made to fill a "
                "disk: none of it was unpacked. Unpack it first if you trust it."
            )
        gaps += _filled((at, info.header_offset), (extra, data))
        starts.append(data)
        at = end
    gaps += _filled((at, directory), (_end_of_directory(view), view.size))
    return starts, gaps


def _filled(*ranges: tuple[int, int]) -> list[tuple[int, int]]:
    return [(start, stop) for start, stop in ranges if start < stop]


def _header(view: _View, info: zipfile.ZipInfo) -> tuple[int, int]:
    """Return where a member's header has more than a name, and where its data begins."""
    view.seek(info.header_offset)
    magic, name_size, extra_size = _LOCAL.unpack(view.read(_LOCAL.size))
    if magic != b"PK\x03\x04" or view.read(name_size) != _encoded(info):
        raise zipfile.BadZipFile
    extra = info.header_offset + _LOCAL.size + name_size
    return extra, extra + extra_size


def _end_of_directory(view: _View) -> int:
    start = max(0, view.size - TAIL)
    view.seek(start)
    last = view.read(TAIL)
    at = last.rfind(END_OF_ZIP)
    return start + at + 22 + int.from_bytes(last[at + 20 : at + 22], "little")
