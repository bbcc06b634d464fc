"""The lines of a text that JSON may be in: of a log hardly any."""

from __future__ import annotations

import re
from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.redaction.json_grammar import WORD
from pytest_julep_secrets.artefacts.redaction.streams import reader

_BOM: Final = b"\xef\xbb\xbf"
# The start of a document that may go on in the next line. Logs have lines that begin with "[1.5] "
# and "[2026-01-31", so what is behind a number counts.
_OPENING: Final = re.compile(
    rb'\n[ \t\r]*+(?:\{[ \t\r]*+["\n]|\[[ \t\r]*+(?:["\n\[{]|(?:%b)[ \t\r]*+[,\n]))' % WORD
)


class Lines:
    """Lines of a text, in parts if they are long.

    Args:
        file: The text.
        longest: Lines with more bytes may come in parts.

    Attributes:
        place: Where the next one begins, in bytes.
    """

    def __init__(self, file: BinaryIO, longest: int) -> None:
        self._reading = reader(file)
        self._longest = longest
        self.place: int = len(_BOM) if self._reading.read(len(_BOM)) == _BOM else 0
        self._reading.seek(self.place)
        # What was read of the text, with the byte before what is next.
        self._data, self._at, self._last_break = b"\n", 1, 0

    def read(self) -> bytes:
        """Return the next line or part; nothing at the end."""
        self._load()
        longest = self._at + self._longest
        end = self._data.find(b"\n", self._at, longest) + 1
        line = self._data[self._at : end or longest]
        self._move(self._at + len(line))
        return line

    @property
    def is_end(self) -> bool:
        """Whether all was read."""
        return self._at == len(self._data) and not self._fill()

    def skip(self, place: int) -> bool:
        """Go on to a line that may begin a document of several, or that has a place.

        Asked at the start of a line. The last line is not skipped, nor is any that is too long.

        Returns:
            Whether it may begin a document.
        """
        self._load()
        while self.place <= place and self._at <= self._last_break:
            there = self._at + place - self.place
            stop = self._last_break
            if there <= stop:
                stop = self._data.rfind(b"\n", self._at - 1, there)
            match = _OPENING.search(self._data, self._at - 1, stop + 1)
            is_there = match is not None or there <= self._last_break
            self._move((match.start() if match else stop) + 1)
            self._load()
            if is_there:
                break
        return _OPENING.match(self._data, self._at - 1) is not None

    def _move(self, at: int) -> None:
        self.place += at - self._at
        self._at = at

    def _load(self) -> None:
        """Have a line, or a part."""
        while self._last_break < self._at and len(self._data) - self._at < self._longest:
            if not self._fill():
                break

    def _fill(self) -> bool:
        more = self._reading.read(self._longest)
        self._data = self._data[self._at - 1 :] + more
        self._at = 1
        self._last_break = self._data.rfind(b"\n")
        return bool(more)
