"""Files that are made from other files while they are read."""

from __future__ import annotations

import io
from typing import Final, Protocol

from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.opening.limits import ExceededError

CHUNK: Final = 1 << 16
_MOST: Final = 1 << 20
_NEXT: Final = "Write it anew, or leave it out with --exclude."


class File(Protocol):
    """What can be read, and read again from its beginning."""

    def read(self, size: int = -1, /) -> bytes:
        """Give at most so many of the next bytes; none at the end."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go back to the beginning, or anywhere if it is `seekable`."""

    def seekable(self) -> bool:
        """Whether any place can be gone to, not only the beginning."""


def read_fully(file: File, size: int) -> bytes:
    """Read so many bytes; fewer at the end, and where the next reading raises an error."""
    parts: list[bytes] = []
    try:
        while size > 0 and (part := file.read(size)):
            parts.append(part)
            size -= len(part)
    except UnreadableError:
        if not parts:
            raise
    return b"".join(parts)


class Layer(io.RawIOBase):
    """One step of unpacking: a file made of another.

    Attributes:
        error: Why it cannot be read to its end, once that is known. What goes wrong below of it is
            not its own error.
        inner: A layer below that is a part of the same step.
        what: What it unpacks, for messages.
        failures: What `produce` raises for data that is cut off, or damaged.
    """

    def __init__(self, what: str, failures: tuple[type[Exception], ...] = (EOFError,)) -> None:
        super().__init__()
        self.failures = failures
        self.error: UnreadableError | None = None
        self.inner: Layer | None = None
        self.what = what
        self._failed = False
        self.begin()

    @property
    def is_broken(self) -> bool:
        """Whether this step of unpacking has failed."""
        return self.error is not None or (self.inner is not None and self.inner.is_broken)

    def begin(self) -> None:
        """Begin anew."""

    def produce(self, size: int) -> bytes:
        """Give at most so many bytes, none at the end; raise one of `failures`."""
        raise NotImplementedError

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Give at most so many of the next bytes; all, if negative.

        Raises:
            UnreadableError: If there is an end too early, or what cannot be unpacked.
        """
        if size < 0:
            return b"".join(iter(lambda: self.read(CHUNK), b""))
        if self._failed and self.error is not None:
            raise self.error
        try:
            return self.produce(size) if size else b""
        except ExceededError as exceeded:
            error = exceeded.error
        except self.failures as failure:
            error = UnreadableError(f"{self.why(failure)} {_NEXT}")
        self._failed = True
        # The same one in a second reading: it is told once.
        self.error = self.error or error
        raise self.error

    def readinto(self, buffer: object, /) -> int:
        """Read into a buffer, for the readers of the standard library."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go back to the beginning."""
        if offset or whence:
            raise io.UnsupportedOperation("only seek(0)")
        self._failed = False
        self.begin()
        return 0

    def why(self, failure: Exception) -> str:
        """Say what went wrong."""
        early = "ends too early" if isinstance(failure, EOFError) else "is damaged"
        return f"The {self.what} {early}."


class Slice(Layer):
    """A part of a file.

    Args:
        source: The file. It may be read by others in between.
        start: The first byte.
        size: How many bytes.
        what: What it is a part of, for messages.
    """

    def __init__(self, source: File, start: int, size: int, what: str) -> None:
        self._source = source
        self._start = start
        self._size = size
        self._at = 0
        super().__init__(what)

    def begin(self) -> None:
        """Begin anew."""
        self._at = 0

    def produce(self, size: int) -> bytes:
        """Give the next bytes."""
        size = min(size, self._size - self._at, _MOST)
        if size <= 0:
            return b""
        self._source.seek(self._start + self._at)
        data = self._source.read(size)
        if not data:
            raise EOFError
        self._at += len(data)
        return data

    def seekable(self) -> bool:
        """Whether the whole is."""
        return self._source.seekable()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to any place."""
        self._failed = False
        self._at = max(0, offset + (0, self._at, self._size)[whence])
        return self._at


class Refused(Layer):
    """What cannot be read at all.

    Args:
        error: Why.
    """

    def __init__(self, error: UnreadableError) -> None:
        super().__init__("")
        self._why = error

    def produce(self, size: int) -> bytes:  # noqa: ARG002 - as all layers do
        """Raise the reason."""
        raise ExceededError(self._why)
