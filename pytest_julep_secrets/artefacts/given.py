"""What a reader is given to read."""

from __future__ import annotations

import io

from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.layer import File


class Given(io.RawIOBase):
    """A file whose errors are noted: what a reader was told of is not told again.

    Args:
        file: What is read.
        told: The errors that are known. An error among them is an end.
        keep: How many of the last bytes to keep.

    Attributes:
        last: The last bytes, once it was read to its end.
    """

    def __init__(self, file: File, told: set[UnreadableError], keep: int = 0) -> None:
        super().__init__()
        self._file = file
        self._told = told
        self._keep = keep
        self.last = b""

    def read(self, size: int = -1, /) -> bytes:
        """Give the next bytes.

        Raises:
            UnreadableError: If it cannot be read to its end, the first time.
        """
        try:
            data = self._file.read(size)
        except UnreadableError as error:
            if error in self._told:
                return b""
            self._told.add(error)
            raise
        if self._keep:
            self.last = (self.last + data)[-self._keep :] if len(data) < self._keep else data
        return data

    def readinto(self, buffer: object, /) -> int:
        """Read into a buffer, for the readers of the standard library."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go back to the beginning."""
        self.last = b""
        return self._file.seek(offset, whence)

    def readable(self) -> bool:
        """It is."""
        return True
