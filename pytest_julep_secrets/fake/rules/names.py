"""Which names the database takes.

Source: memory-store migration 000040, constraint ct_secrets_canonical_name_valid_identifier
and the two btree indexes over the name; PostgreSQL 15 `nbtree`, `pg_lzcompress.c`; recordings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

# name ~ '^[a-zA-Z][a-zA-Z0-9_]*$'. Matched with fullmatch: unlike PostgreSQL's, Python's "$"
# would also accept a trailing newline.
NAME: Final = re.compile("[a-zA-Z][a-zA-Z0-9_]*")


def is_valid(name: str) -> bool:
    """Tell whether a name satisfies the database's check."""
    return NAME.fullmatch(name) is not None


# An index row has at most 2704 bytes: 8 of header, 16 for the developer's id, 4 for the
# length and the name itself, or 8 and the compressed name.
_ROOM_PLAIN: Final = 2704 - 8 - 16 - 4
_ROOM_COMPRESSED: Final = 2704 - 8 - 16 - 8


def fits_index(name: str) -> bool:
    """Tell whether a valid name fits into a row of the unique index.

    There is no limit as such: a long name fits if it compresses well enough.
    """
    if len(name) <= _ROOM_PLAIN:
        return True
    size = _compressed_size(name.encode())
    return size is not None and size <= _ROOM_COMPRESSED


# PGLZ_strategy_default.
_MAX_MATCH: Final = 273
_WINDOW: Final = 0xFFF
_GOOD_MATCH: Final = 128
_FIRST_SUCCESS_BY: Final = 1024
_HASH_MASK: Final = 8191


def _compressed_size(data: bytes) -> int | None:
    """The size PostgreSQL's pglz reaches, or None if it gives up (it wants to save 25 %)."""
    limit = len(data) * 75 // 100
    # Places already passed, by the hash of the four bytes there.
    history: dict[int, list[int]] = defaultdict(list)
    place = size = items = 0
    found = False
    while place < len(data):
        # One control byte goes before every eight items.
        written = size + (items + 7) // 8
        if written >= limit or (not found and written >= _FIRST_SUCCESS_BY):
            return None
        length = _longest_match(data, place, history[_hash(data, place)])
        size += 1 if not length else 2 if length < 18 else 3
        found = found or length > 0
        items += 1
        for step in range(place, place + max(length, 1)):
            history[_hash(data, step)].append(step)
        place += max(length, 1)
    written = size + (items + 7) // 8
    return written if written < limit else None


def _hash(data: bytes, place: int) -> int:
    if len(data) - place < 4:
        return data[place]
    first, second, third, fourth = data[place : place + 4]
    return (first << 6 ^ second << 4 ^ third << 2 ^ fourth) & _HASH_MASK


def _longest_match(data: bytes, place: int, earlier: list[int]) -> int:
    best, good = 0, _GOOD_MATCH
    for candidate in reversed(earlier):
        if place - candidate >= _WINDOW:
            break
        best = max(best, _common(data, candidate, place))
        if best >= good:
            break
        # The longer the search, the less is good enough.
        good -= good * 10 // 100
    return best if best > 2 else 0


def _common(data: bytes, left: int, right: int) -> int:
    end = min(len(data) - right, _MAX_MATCH)
    for length in range(end):
        if data[left + length] != data[right + length]:
            return length
    return end
