"""Short pieces of values: in a large text they are looked for before anything else.

A text may end in the middle of a value, or break it somewhere; some piece stays as it is. All of
them are about as long as each other, so that the search can take large steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pytest_julep_secrets.leaks.needles import LEFT_OUT, Use

# A mail breaks lines with it.
IGNORED: Final = LEFT_OUT + b"="
LENGTH: Final = 12
# What is broken into literals, with letters between, has one in each of them.
_APART: Final = 48
# What may stand before each character in a list of them.
_PREFIXES: Final = b"bu"


def tiles(uses: Iterable[Use]) -> Iterator[bytes]:
    """Give pieces of what is looked for, without what is ignored: some are part of others.

    Args:
        uses: All that stands for some values.
    """
    for use in uses:
        spelling = use.spelling[use.first : use.last]
        thin = spelling.translate(None, IGNORED)
        if use.form == "plain":
            yield from _pieces(thin)
            yield from (_listed(thin, prefix) for prefix in _PREFIXES)
            # What is left of a mail in which every character is escaped.
            yield spelling[:LENGTH].hex().upper().encode()
        else:
            yield thin[: 2 * LENGTH]


def _pieces(thin: bytes) -> Iterator[bytes]:
    last = len(thin) - LENGTH
    if last < LENGTH:
        yield thin
        return
    count = -(-last // _APART)
    for number in range(count + 1):
        start = last * number // count
        yield thin[start : start + LENGTH]


def _listed(thin: bytes, prefix: int) -> bytes:
    return b"".join(bytes([prefix, code]) for code in thin[:LENGTH])
