"""Keys in order of time, in a form where any page costs the same."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from datetime import datetime
from typing import Final

# When something was made, and its id to tell equal moments apart.
Key = tuple[datetime, str]

# Chunks this long keep both the list of chunks and each chunk short at 100,000 keys.
_CHUNK: Final = 2048


class Timeline:
    """A sorted collection of keys, cut into chunks.

    A plain list would do but for the cost of a deletion (everything behind moves up) and a
    dict but for the cost of an offset (everything before is walked over).
    """

    def __init__(self) -> None:
        self._chunks: list[list[Key]] = []

    def add(self, key: Key) -> None:
        """Put a key in its place."""
        if not self._chunks:
            self._chunks.append([key])
            return
        at = min(self._chunk_of(key), len(self._chunks) - 1)
        chunk = self._chunks[at]
        insort(chunk, key)
        if len(chunk) > 2 * _CHUNK:
            self._chunks[at : at + 1] = [chunk[:_CHUNK], chunk[_CHUNK:]]

    def remove(self, key: Key) -> None:
        """Take out a key that is there."""
        at = self._chunk_of(key)
        chunk = self._chunks[at]
        del chunk[bisect_left(chunk, key)]
        if not chunk:
            del self._chunks[at]

    def newest(self, limit: int, offset: int) -> Iterator[Key]:
        """Give at most `limit` keys, the newest first, after skipping `offset` of them."""
        for chunk in reversed(self._chunks):
            if offset >= len(chunk):
                offset -= len(chunk)
                continue
            end = len(chunk) - offset
            start = max(end - limit, 0)
            yield from reversed(chunk[start:end])
            limit -= end - start
            offset = 0
            if not limit:
                return

    def copy(self) -> Timeline:
        """Return an independent copy."""
        other = Timeline()
        other._chunks = [chunk.copy() for chunk in self._chunks]
        return other

    def _chunk_of(self, key: Key) -> int:
        return bisect_left(self._chunks, key, key=lambda chunk: chunk[-1])
