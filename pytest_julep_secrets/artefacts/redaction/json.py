"""JSON: one document, one on each line, or among lines of text.

What is not JSON is text, from the start of its line to the end; so any text may be read as this.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BufferedReader
from itertools import pairwise
from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.redaction.json_grammar import Grammar, Token
from pytest_julep_secrets.artefacts.redaction.pieces import TEXT, Part, Piece, PieceKind, Span
from pytest_julep_secrets.artefacts.redaction.streams import reader
from pytest_julep_secrets.leaks.chunks import Hit

_LINE: Final = 1 << 16
_BOM: Final = b"\xef\xbb\xbf"
_ESCAPE: Final = re.compile(rb"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_BETWEEN: Final = re.compile(rb'"?[ \t\r\n]*+,[ \t\r\n]*+"?')
_COLON: Final = re.compile(rb'"?[ \t\r\n]*+:')
_NEARBY: Final = 256


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


def _all_around(data: bytes, place: int) -> Span:
    return (0, len(data)) if 0 < place < len(data) else (place, place)


STRING: Final = PieceKind(_escape_around)
SCALAR: Final = PieceKind(_all_around, quote=b'"')


class JsonText:
    """A text that may be, or have, JSON.

    Args:
        file: UTF-8, or anything that agrees with ASCII.

        longest: Lines with more bytes are read in parts.

    Attributes:
        faults: How many lines are no JSON, or none that goes on; known when all has been read.
    """

    what = "JSON"

    def __init__(self, file: BinaryIO, longest: int = _LINE) -> None:
        self._file = file
        self._longest = longest
        self._grammar = Grammar()
        self.faults: int = 0

    def pieces(self, hits: Iterator[Hit]) -> Iterator[Piece]:
        """Give strings without their quotes, scalars, and lines of text.

        Args:
            hits: Where pieces are needed.
        """
        needed = _Needed(hits)
        reading = reader(self._file)
        place = len(_BOM) if reading.read(len(_BOM)) == _BOM else 0
        reading.seek(place)
        rest = b""
        while line := reading.readline(self._longest):
            data = rest + line
            is_needed = needed.by(place, place + len(data))
            tokens: list[Token] = []
            used = self._read(data, tokens, reading, is_needed=is_needed)
            if used < 0:
                # Nothing of it is told yet, unless it is a very long line.
                yield Piece(place, data, TEXT)
                place, rest = place + len(data), b""
                while not line.endswith(b"\n") and (line := reading.readline(self._longest)):
                    yield Piece(place, line, TEXT)
                    place += len(line)
                self.faults += 1
                self._grammar = Grammar()
                continue
            if is_needed:
                yield from _pieces(data, place, tokens)
            place, rest = place + used, data[used:]
            if line.endswith(b"\n"):
                self._grammar.start_line()
        self.faults += not self._grammar.is_between

    def _read(
        self, data: bytes, tokens: list[Token], reading: BufferedReader, *, is_needed: bool
    ) -> int:
        is_line = data.endswith(b"\n")
        if is_line and not is_needed and self._grammar.is_between and _is_document(data):
            return len(data)
        return self._grammar.read(data, tokens, is_end=is_line or not reading.peek(1))

    def joins(self, parts: list[Part]) -> bool:
        """Tell whether all is items of one list: no key, nothing but commas between them."""
        pairs = pairwise(parts)
        return all(
            _BETWEEN.fullmatch(self._at(one.end, other.start)) for one, other in pairs
        ) and not _COLON.match(self._at(parts[-1].end, parts[-1].end + _NEARBY))

    def _at(self, start: int, end: int) -> bytes:
        self._file.seek(start)
        return self._file.read(min(end - start, _NEARBY))

    def agrees(self, result: BinaryIO) -> bool:
        """Tell whether what was JSON is JSON in the result, too."""
        text = JsonText(result)
        for _ in text.pieces(iter(())):
            pass
        return text.faults <= self.faults


class _Needed:
    """Which parts of a text hold hits; asked in their order."""

    def __init__(self, hits: Iterator[Hit]) -> None:
        self._hits = hits
        self._hit = next(hits, None)

    def by(self, start: int, end: int) -> bool:
        while self._hit is not None and self._hit.end <= start:
            self._hit = next(self._hits, None)
        return self._hit is not None and self._hit.start < end


def _is_document(line: bytes) -> bool:
    """Tell whether a line is JSON by itself, faster than a grammar may."""
    # Most lines of logs are not.
    if line[:1] not in b'{["':
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _pieces(data: bytes, place: int, tokens: list[Token]) -> Iterator[Piece]:
    for token in tokens:
        if token.end > token.start:
            kind = STRING if token.is_string else SCALAR
            yield Piece(place + token.start, data[token.start : token.end], kind)
