"""Copies of what can be read only forwards, in a file that is gone when it is closed."""

from __future__ import annotations

import io
import tempfile
from typing import Final

from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.opening.layer import CHUNK, File, Layer

# More than this is kept on the disk.
_MEMORY: Final = 1 << 20


class Spool(io.RawIOBase):
    """A temporary file: small ones are kept in memory.

    Writing raises an `UnreadableError` if the disk is full.
    """

    def __init__(self) -> None:
        super().__init__()
        self._file = tempfile.SpooledTemporaryFile(max_size=_MEMORY)  # noqa: SIM115 - see close

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Add to it."""
        try:
            return self._file.write(data)
        except OSError as error:
            raise UnreadableError(
                f"There is no room for a temporary copy: {error.strerror}. Let TMPDIR name a "
                "folder with more, or unpack it first."
            ) from None

    def read(self, size: int = -1, /) -> bytes:
        """Give the next bytes."""
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to any place."""
        return self._file.seek(offset, whence)

    def seekable(self) -> bool:
        """It is."""
        return True

    def close(self) -> None:
        """Forget it."""
        self._file.close()
        super().close()


def copy_of(file: File) -> Spool:
    """Copy a file, so that any place of it can be gone to. Close it after use.

    Raises:
        UnreadableError: If it cannot be read to its end.
    """
    spool = Spool()
    try:
        file.seek(0)
        while chunk := file.read(CHUNK):
            spool.write(chunk)
    except BaseException:
        spool.close()
        raise
    return spool


class Kept(Layer):
    """A file that can be read once, made one that can be read again: it keeps what was read.

    Args:
        source: A file that is read by nobody else.
    """

    def __init__(self, source: Layer) -> None:
        self._source = source
        self._spool = Spool()
        self._at = self._kept = 0
        super().__init__(source.what)
        self.inner: Layer | None = source

    def begin(self) -> None:
        """Begin anew."""
        self._at = 0

    def produce(self, size: int) -> bytes:
        """Give what was kept, then what is new."""
        self._spool.seek(self._at)
        if self._at < self._kept:
            data = self._spool.read(min(size, self._kept - self._at))
        else:
            data = self._source.read(size)
            self._spool.write(data)
            self._kept += len(data)
        self._at += len(data)
        return data

    def close(self) -> None:
        """Forget what was kept."""
        self._spool.close()
        super().close()
