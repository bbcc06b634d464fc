"""Tar archives: their headers are read by `tarfile`, what is in them by ourselves.

So a compressed archive needs no second reading, and a file with holes has no end of zeros.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import IO, Final, cast

from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.opening.layer import CHUNK, File, Slice, read_fully
from pytest_julep_secrets.artefacts.opening.limits import Limits
from pytest_julep_secrets.artefacts.opening.member import Member
from pytest_julep_secrets.artefacts.opening.spool import Kept

_WHAT: Final = "tar archive"
_NEXT: Final = "Write it anew, or leave it out with --exclude."


class _CutOffError(Exception):
    """A member is not there to its end, so nothing is behind it."""


def tar_members(file: File, limits: Limits) -> Iterator[Member]:
    """Give what is in an archive. Of a file with holes, what is between them.

    Args:
        file: The archive. If it is not seekable, a member can be read until the next is asked for.
        limits: Where reading headers stops.

    Raises:
        UnreadableError: If it is broken, or there is something else behind its end.
    """
    view = _View(file, limits.directory)
    try:
        archive = tarfile.open(fileobj=cast("IO[bytes]", view), mode="r:", errors="surrogateescape")  # noqa: SIM115 - the file is closed by who opened it
        while (info := archive.next()) is not None:
            # It would keep all of them.
            archive.members = []  # type: ignore[attr-defined]
            yield from _member(view, archive, info)
        view.check_end()
    except _CutOffError:
        # The member has told.
        return
    except (tarfile.TarError, EOFError, OSError, ValueError, OverflowError, RecursionError):
        view.raise_from_below()
        raise UnreadableError(
            f"The tar archive is broken: it was not written to its end, or is damaged. {_NEXT}"
        ) from None


def _member(view: _View, archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[Member]:
    # A size below nothing would lead back to the same header, for ever.
    if archive.offset <= info.offset or info.size < 0:
        raise EOFError
    texts = (info.name, info.linkname)
    more = (f"{name}={text}" for name, text in info.pax_headers.items() if text not in texts)
    words = "\n".join(filter(None, (*texts, *more))).encode("utf-8", "surrogateescape")
    if not info.isfile() and info.type in tarfile.SUPPORTED_TYPES:
        yield Member(info.name, words, None)
        return
    end = archive.offset if info.issparse() else info.offset_data + info.size
    part = Slice(view, info.offset_data, end - info.offset_data, _WHAT)
    if view.seekable():
        yield Member(info.name, words, part)
    else:
        with Kept(part) as content:
            yield Member(info.name, words, content)
    if part.is_broken:
        raise _CutOffError


class _View(io.RawIOBase):
    """A file as `tarfile` reads it: forwards, or back over the last bytes that were read.

    Args:
        file: The file.
        most: How much may be read at once, as headers are.
    """

    def __init__(self, file: File, most: int) -> None:
        super().__init__()
        self._file = file
        self._most = most
        self._at = 0
        self._last = b""
        file.seek(0)

    def read(self, size: int = -1, /) -> bytes:
        """Read all that is asked for; less only at the end."""
        if not 0 <= size <= self._most:
            raise EOFError
        if self.seekable():
            self._file.seek(self._at)
        self._last = read_fully(self._file, size)
        self._at += len(self._last)
        return self._last

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go forwards."""
        offset += self._at if whence else 0
        if self.seekable():
            self._at = offset
        while self._at < offset:
            if not self.read(min(CHUNK, offset - self._at)):
                raise EOFError
        if self._at > offset:
            raise EOFError
        return self._at

    def seekable(self) -> bool:
        """Whether the file is."""
        return self._file.seekable()

    def raise_from_below(self) -> None:
        """Raise what made the file end too early, if it was its own packing."""
        self._file.read(1)

    def check_end(self) -> None:
        """See that there are only zeros from the last header on, the one that ended the archive.

        Raises:
            UnreadableError: If there is something else.
        """
        while self._last:
            if self._last.strip(b"\0"):
                self.raise_from_below()
                raise UnreadableError(
                    "The tar archive is damaged, or has other data behind its end, such as a "
                    f"second archive. {_NEXT}"
                )
            self.read(CHUNK)
