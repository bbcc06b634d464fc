"""A file of the disk, as it is."""

from __future__ import annotations

import io
import os
from pathlib import Path
from stat import S_ISREG
from typing import Final

from pytest_julep_secrets.artefacts.artefact import UnreadableError

# What a log may grow by while it is read; also what a file may hold that claims to be empty, as
# those in /proc do.
_GROWTH: Final = 64 << 20
_MEANWHILE: Final = "while it is read. Scan when nothing writes to it any more."


class PlainFile(io.RawIOBase):
    """A file of the disk, read without any buffer in between.

    It is read to its end, with what others add meanwhile, up to 64 MiB more than it had when it was
    opened.

    Args:
        path: Where it is.

    Raises:
        UnreadableError: If it cannot be opened, or is no file. Reading raises it too, for what the
            system refuses, and for a file that became shorter or does not stop growing.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._error: UnreadableError | None = None
        try:
            # A pipe in its place must not be waited for.
            descriptor = os.open(path, _FLAGS)
        except (OSError, ValueError) as error:
            raise refusal(error) from None
        self._file = os.fdopen(descriptor, "rb", buffering=0)
        status = os.fstat(descriptor)
        if not S_ISREG(status.st_mode):
            self.close()
            raise UnreadableError("It is no file any more. Leave it out with --exclude.")
        self.size: int = status.st_size

    def read(self, size: int = -1, /) -> bytes:
        """Give the next bytes."""
        try:
            data = self._file.read(size)
            at = self._file.tell()
        except OSError as error:
            raise self._once(refusal(error)) from None
        if not data and size and at < self.size:
            raise self._once(UnreadableError(f"It became shorter {_MEANWHILE}"))
        if at > self.size + _GROWTH and data:
            raise self._once(UnreadableError(f"It grows {_MEANWHILE}"))
        return data

    def readinto(self, buffer: object, /) -> int:
        """Read into a buffer, for the readers of the standard library."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to any place."""
        try:
            return self._file.seek(offset, whence)
        except OSError as error:
            raise self._once(refusal(error)) from None

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def _once(self, error: UnreadableError) -> UnreadableError:
        # The same one for each who reads it: it is told once.
        self._error = self._error or error
        return self._error

    def close(self) -> None:
        """Close it, also if it was never open."""
        if hasattr(self, "_file"):
            self._file.close()
        super().close()


_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def refusal(error: OSError | ValueError) -> UnreadableError:
    """Say why the system does not open or read a file."""
    if isinstance(error, FileNotFoundError):
        return UnreadableError("There is no such file. Check the path.")
    if isinstance(error, PermissionError):
        return UnreadableError(
            "It may not be read. Let the user of this command read it, or leave it out with "
            "--exclude."
        )
    told = error.strerror if isinstance(error, OSError) else "there can be no such path"
    return UnreadableError(
        f"It cannot be read: {told}. Leave it out with --exclude if it need not be searched."
    )
