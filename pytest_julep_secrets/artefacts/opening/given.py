"""What a reader is given to read."""

from __future__ import annotations

import io

from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.opening.layer import File


class Given(io.RawIOBase):
    """A file whose errors are noted: what was told of another file is not told of this one.

    Args:
        file: What is read.
        told: The errors that are known. One that was told of another file is an end here.
        keep: How many of the last bytes to keep.

    Attributes:
        last: The last bytes, once it was read to its end from its beginning.
    """

    def __init__(self, file: File, told: set[UnreadableError], keep: int = 0) -> None:
        super().__init__()
        self._file = file
        self._told = told
        self._keep = keep
        self._recent = b""
        self.last: bytes = b""
        self._own: UnreadableError | None = None

    def read(self, size: int = -1, /) -> bytes:
        """Give the next bytes.

        Raises:
            UnreadableError: If it cannot be read to its end.
        """
        try:
            data = self._file.read(size)
        except UnreadableError as error:
            if error in self._told and error is not self._own:
                return b""
            self._own = error
            self._told.add(error)
            raise
        if self._keep and size:
            self._remember(data)
        return data

    def readinto(self, buffer: object, /) -> int:
        """Read into a buffer, for the readers of the standard library."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go back to the beginning."""
        self._recent = b""
        return self._file.seek(offset, whence)

    def _remember(self, data: bytes) -> None:
        if not data:
            # Until then it is no end, and a second reading may stop sooner.
            self.last = self.last or self._recent
        elif len(data) < self._keep:
            self._recent = (self._recent + data)[-self._keep :]
        else:
            self._recent = data[-self._keep :]

    def readable(self) -> bool:
        """It is."""
        return True
