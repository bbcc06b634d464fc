"""Values in bytes that come chunk by chunk: of a file of any size, in little memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from pytest_julep_secrets.leaks.needles import Use
from pytest_julep_secrets.leaks.search import Found
from pytest_julep_secrets.leaks.sieve import Sieve
from pytest_julep_secrets.leaks.watch import Watch

# So much at least is searched at once: more is not faster, and takes several times as much memory.
_WINDOW: Final = 1 << 20
# Below, to search is as fast as to find out where.
_SMALL: Final = 1 << 11


# What is searched at once, and where in it the next one begins.
Window = tuple[bytes, int]
Search = Callable[[bytes], list[Found]]
# Gives for each window where it is cut, and what is found in it; in the order of the windows.
Share = Callable[[Search, Iterable[Window]], Iterator[tuple[int, list[Found]]]]


def in_turn(search: Search, windows: Iterable[Window]) -> Iterator[tuple[int, list[Found]]]:
    """Search one window after the other."""
    for window, cut in windows:
        yield cut, search(window)


class Hit(NamedTuple):
    """A value in a stream of bytes. Does not show it.

    Attributes:
        start: Where it begins, in bytes.
        end: Behind its last byte; of an encoded run, of the run.
        label: The name that redacted text shows.
        form: What it looks like there.
    """

    start: int
    end: int
    label: str
    form: str


class Finder:
    """Finds values in streams, one after the other.

    Args:
        watch: The values; those that come later are not looked for.
        window: How many bytes to search at once, at least.
        sieve: Makes what says where to look.
        share: Has windows searched, one after the other unless told otherwise.
    """

    def __init__(
        self,
        watch: Watch,
        window: int = _WINDOW,
        sieve: Callable[[Sequence[str], Sequence[Use]], Sieve] = Sieve,
        share: Share = in_turn,
    ) -> None:
        self._watch = watch
        self._window = window
        self._make_sieve = sieve
        self._share = share

    @cached_property
    def _sieve(self) -> Sieve:
        values = [value for _, value in self._watch.since(0)]
        return self._make_sieve(values, self._watch.search.uses)

    def find_in(self, chunks: Iterable[bytes]) -> Iterator[Hit]:
        """Find all values in the order of their places, however the chunks are cut.

        Args:
            chunks: UTF-8, or anything.
        """
        told = begin = 0
        for cut, some in self._share(self._search, self._windows(chunks)):
            for found in some:
                # The end of a value that was told of is in the next window, too.
                if found.start < cut and begin + found.end > told:
                    told = begin + found.end
                    label = self._watch.label(found.number, ())
                    yield Hit(begin + found.start, told, label, found.form)
            begin += cut

    def _windows(self, chunks: Iterable[bytes]) -> Iterator[Window]:
        """Give what is searched at once, each with the place where the next one begins.

        A value that begins before that place is in the window as a whole.
        """
        overlap = self._sieve.room
        size = max(self._window, 4 * overlap)
        parts, length = list[bytes](), 0
        for chunk in chunks:
            parts.append(chunk)
            length += len(chunk)
            if length > size:
                window = b"".join(parts)
                yield window, length - overlap
                parts, length = [window[-overlap:]], overlap
        yield b"".join(parts), length

    def _search(self, window: bytes) -> list[Found]:
        if len(window) < _SMALL:
            return self._watch.search.find_in_bytes(window)
        return [
            found._replace(start=found.start + start, end=found.end + start)
            for start, end in self._sieve.spans(window)
            for found in self._watch.search.find_in_bytes(window[start:end])
        ]


def find_in(chunks: Iterable[bytes], watch: Watch) -> Iterator[Hit]:
    """Find all values in one stream; as a `Finder` does, which is made once for many."""
    return Finder(watch).find_in(chunks)
