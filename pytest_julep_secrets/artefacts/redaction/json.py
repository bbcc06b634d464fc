"""JSON: one document, one on each line, or among lines of text.

What is not JSON is text, from the start of its line to the end; so any text may be read as this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.redaction.pieces import TEXT, Kind, Part, Piece, Span
from pytest_julep_secrets.artefacts.redaction.streams import reader

# Lines longer than this are read in parts.
_LINE: Final = 1 << 16
_BOM: Final = b"\xef\xbb\xbf"
_SPACE: Final = re.compile(rb"[ \t\r\n]*+")
_INSIDE: Final = re.compile(
    rb'(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+', re.DOTALL
)
# As Python reads it, so with these three numbers.
_SCALAR: Final = re.compile(
    rb"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?"
    rb"|true|false|null|NaN|-?Infinity"
)
_ESCAPE: Final = re.compile(rb"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
# The longest escape, or word, that may be cut.
_LONGEST: Final = 400
_BETWEEN: Final = re.compile(rb'"?[ \t\r\n]*+,[ \t\r\n]*+"?')
_COLON: Final = re.compile(rb'"?[ \t\r\n]*+:')
_NEARBY: Final = 256
_QUOTE: Final = ord('"')
_MARKS: Final = b'[]{}:,"'
_DIGIT: Final = ord("0")


def _escape_around(data: bytes, place: int) -> Span:
    for start in range(max(place - 5, 0), place):
        if data[start] == 0x5C and _backslashes(data, start) % 2:
            match = _ESCAPE.match(data, start)
            if match is not None and match.end() > place:
                return match.span()
    return place, place


def _backslashes(data: bytes, last: int) -> int:
    first = last
    while first and data[first - 1] == 0x5C:
        first -= 1
    return last - first + 1


STRING: Final = Kind(_escape_around)
SCALAR: Final = Kind(quote=b'"')


class _Grammar:
    """What may come next."""

    def __init__(self) -> None:
        self._open = bytearray()
        self._next = "value"

    @property
    def is_done(self) -> bool:
        """Whether all that was opened is closed."""
        return not self._open

    def take(self, token: int) -> bool:
        """Take a character of `[]{}:,`, a quote for a string, a digit for another scalar."""
        if token in b"[{" and self._next in {"value", "value or end"}:
            self._open.append(token)
            self._next = "value or end" if token == ord("[") else "key or end"
        elif token in b'"0' and self._next in {"value", "value or end"}:
            self._close()
        elif token == ord('"') and self._next in {"key", "key or end"}:
            self._next = "colon"
        elif token == ord(":") and self._next == "colon":
            self._next = "value"
        else:
            return self._continues(token)
        return True

    def _continues(self, token: int) -> bool:
        if not self._open:
            return False
        innermost = self._open[-1]
        if token == ord(",") and self._next == "end":
            self._next = "value" if innermost == ord("[") else "key"
            return True
        if token == innermost + 2 and self._next in {"end", "value or end", "key or end"}:
            self._open.pop()
            self._close()
            return True
        return False

    def _close(self) -> None:
        self._next = "end" if self._open else "value"


class JsonText:
    """A text that may be, or have, JSON.

    Args:
        file: UTF-8, or anything that agrees with ASCII.

    Attributes:
        faults: How many lines are no JSON, or none that goes on; known when all has been read.
    """

    what = "JSON"

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._grammar = _Grammar()
        self._in_string = False
        self.faults = 0

    def pieces(self) -> Iterator[Piece]:
        """Give strings without their quotes, scalars, and lines of text."""
        reading = reader(self._file)
        place = len(_BOM) if reading.read(len(_BOM)) == _BOM else 0
        reading.seek(place)
        rest = b""
        while line := reading.readline(_LINE):
            data = rest + line
            found: list[Piece] = []
            used = self._read(data, place, found, line.endswith(b"\n") or not reading.peek(1))
            if used < 0:
                # Nothing of it is told yet, unless it is a very long line.
                yield Piece(place, data, TEXT)
                place, rest = place + len(data), b""
                while not line.endswith(b"\n") and (line := reading.readline(_LINE)):
                    yield Piece(place, line, TEXT)
                    place += len(line)
                self._start_again()
            else:
                yield from found
                place, rest = place + used, data[used:]
        if self._in_string or not self._grammar.is_done:
            self.faults += 1

    def _start_again(self) -> None:
        self.faults += 1
        self._grammar = _Grammar()
        self._in_string = False

    def _read(self, data: bytes, place: int, found: list[Piece], is_end: bool) -> int:  # noqa: FBT001
        """Read a line, or a part of one; return how much, or -1 if it is no JSON."""
        at = 0
        while at < len(data):
            end, kind = self._inside(data, at) if self._in_string else self._token(data, at)
            if kind is not None and end > at:
                found.append(Piece(place + at, data[at:end], kind))
            is_cut = not is_end and len(data) - at < _LONGEST
            if end < 0 or (kind is SCALAR and end == len(data) and is_cut):
                if kind is SCALAR:
                    found.pop()
                return at if is_cut else -1
            if kind is SCALAR and not self._grammar.take(_DIGIT):
                return -1
            at = end
        return at

    def _inside(self, data: bytes, at: int) -> tuple[int, Kind | None]:
        if data[at] == _QUOTE:
            self._in_string = False
            return at + 1, None
        end = _end(_INSIDE, data, at)
        return (end, STRING) if end > at else (-1, None)

    def _token(self, data: bytes, at: int) -> tuple[int, Kind | None]:
        end = _end(_SPACE, data, at)
        if end > at:
            return end, None
        if data[at] in _MARKS:
            self._in_string = data[at] == _QUOTE
            return (at + 1 if self._grammar.take(data[at]) else -1), None
        end = _end(_SCALAR, data, at)
        return (end, SCALAR) if end > at else (-1, None)

    def joins(self, parts: list[Part]) -> bool:
        """Tell whether all is items of one list: no key, nothing but commas between them."""
        pairs = zip(parts, parts[1:], strict=False)
        return all(
            _BETWEEN.fullmatch(self._at(one.end, other.start)) for one, other in pairs
        ) and not _COLON.match(self._at(parts[-1].end, parts[-1].end + _NEARBY))

    def _at(self, start: int, end: int) -> bytes:
        self._file.seek(start)
        return self._file.read(min(end - start, _NEARBY))

    def agrees(self, result: BinaryIO) -> bool:
        """Tell whether what was JSON is JSON in the result, too."""
        return faults_in(result) <= self.faults


def faults_in(file: BinaryIO) -> int:
    """Count the lines that are no JSON."""
    text = JsonText(file)
    for _ in text.pieces():
        pass
    return text.faults


def _end(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    match = pattern.match(data, at)
    return at if match is None else match.end()
