"""Values in bytes that come chunk by chunk: of a file of any size, in little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from pytest_julep_secrets.leaks.search import Found
from pytest_julep_secrets.leaks.sieve import Sieve
from pytest_julep_secrets.leaks.watch import Watch

# So much is searched at once: more is not faster, and takes several times as much memory.
_WINDOW: Final = 1 << 21
# Below, to search is as fast as to find out where.
_SMALL: Final = 1 << 14
# The bytes of a character behind its first one.
_CONTINUED: Final = bytes(range(0x80, 0xC0))


class Hit(NamedTuple):
    """A value in a stream of bytes. Does not show it.

    Attributes:
        start: Where it begins, in bytes.
        end: Behind its last byte; of an encoded run, of the run.
        line: From 1.
        column: From 1, in characters.
        label: The name that redacted text shows.
        form: What it looks like there.
    """

    start: int
    end: int
    line: int
    column: int
    label: str
    form: str


class Finder:
    """Finds values in streams, one after the other.

    Args:
        watch: The values; those that come later are not looked for.
        window: How many bytes to search at once, at least.
    """

    def __init__(self, watch: Watch, window: int = _WINDOW) -> None:
        self._watch = watch
        self._window = window

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve(self._watch.since(0))

    def find_in(self, chunks: Iterable[bytes]) -> Iterator[Hit]:
        """Find all values in the order of their places, however the chunks are cut.

        Args:
            chunks: UTF-8, or anything.
        """
        place, told, begin = _Place(), 0, 0
        for window, cut in self._windows(chunks):
            for found in self._found(window):
                # The end of a value that was told of is in the next window, too.
                if found.start < cut and begin + found.end > told:
                    told = begin + found.end
                    line, column = place.of(window, found.start)
                    label = self._watch.label(found.number, ())
                    yield Hit(begin + found.start, told, line, column, label, found.form)
            place.leave(window, cut)
            begin += cut

    def _windows(self, chunks: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
        """Give what is searched at once, each with the place where the next one begins.

        A value that begins before that place is in the window as a whole.
        """
        overlap = self._sieve.room
        size = max(self._window, 4 * overlap)
        kept = bytearray()
        for chunk in chunks:
            kept += chunk
            if len(kept) > size:
                yield bytes(kept), len(kept) - overlap
                del kept[: len(kept) - overlap]
        yield bytes(kept), len(kept)

    def _found(self, window: bytes) -> Iterator[Found]:
        search = self._watch.search
        for start, end in [(0, len(window))] if len(window) < _SMALL else self._sieve.spans(window):
            for found in search.find_in_bytes(window[start:end]):
                yield found._replace(start=found.start + start, end=found.end + start)


class _Place:
    """Lines and columns, counted on and on."""

    def __init__(self) -> None:
        self._line = self._column = 1
        # How much of the window is counted.
        self._counted = 0

    def of(self, window: bytes, place: int) -> tuple[int, int]:
        """Return the line and column of a place behind the last one."""
        passed = window[self._counted : place]
        self._counted = place
        lines = passed.count(b"\n")
        if lines:
            self._line, self._column = self._line + lines, 1
            passed = passed[passed.rfind(b"\n") + 1 :]
        self._column += len(passed.translate(None, _CONTINUED))
        return self._line, self._column

    def leave(self, window: bytes, cut: int) -> None:
        """Go on with a window that begins where this one is cut."""
        self.of(window, cut)
        self._counted = 0


def find_in(chunks: Iterable[bytes], watch: Watch) -> Iterator[Hit]:
    """Find all values in one stream; as a `Finder` does, which is made once for many."""
    return Finder(watch).find_in(chunks)
