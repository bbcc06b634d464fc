"""A line that says how far a long command has got, on terminals only."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TextIO

# In seconds: what is done before needs no line, and nobody reads faster.
_PATIENCE: Final = 1.0
_BETWEEN: Final = 0.2


class Progress:
    """Counts what was read, and shows it once it takes long.

    Args:
        stream: Where to: standard error.
        clock: Tells the time, in seconds.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._is_shown = stream.isatty()
        self._next = clock() + _PATIENCE
        self._read = self._width = 0

    def add(self, count: int) -> None:
        """Count so many bytes more."""
        self._read += count
        if self._is_shown and self._clock() >= self._next:
            self._next = self._clock() + _BETWEEN
            self._show(f"Scanned {self._read / 1e6:,.0f} MB so far")

    def end(self) -> None:
        """Take the line away."""
        if self._width:
            self._show("")
            self._stream.write("\r")
            self._stream.flush()

    def _show(self, line: str) -> None:
        self._stream.write(f"\r{line:{self._width}}")
        self._stream.flush()
        self._width = len(line)
