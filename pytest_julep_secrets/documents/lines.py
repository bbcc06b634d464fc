"""The lines of a text, as parsers of Python, YAML and JSON count them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

_END: Final = re.compile("\r\n|\r|\n")


def split_lines(text: str) -> list[str]:
    """Split a text at its line ends, and at nothing else that Unicode calls one."""
    return _END.split(text)


class Places:
    """Tells the line and column, both from 1, of an offset into a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(end.end() for end in _END.finditer(text))]

    def of(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset in characters, from 0."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
