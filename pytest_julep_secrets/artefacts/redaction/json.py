"""JSON: one document, one on each line, or among lines of text.

What is not JSON is text, from the start of its line to the end; so any text may be read as this.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.redaction.json_grammar import Grammar, Token
from pytest_julep_secrets.artefacts.redaction.json_lines import Lines
from pytest_julep_secrets.artefacts.redaction.pieces import TEXT, Part, Piece, PieceKind, Span
from pytest_julep_secrets.leaks.chunks import Hit

_LINE: Final = 1 << 16
_ESCAPE: Final = re.compile(rb"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_BETWEEN: Final = re.compile(rb'"?[ \t\r\n]*+,[ \t\r\n]*+"?')
_COLON: Final = re.compile(rb'"?[ \t\r\n]*+:')
_NEARBY: Final = 256
_FEW: Final = 32


def _escape_around(data: bytes, place: int) -> Span:
    for start in range(max(place - 5, 0), place):
        if data[start] == 0x5C and _backslashes(data, start) % 2:
            match = _ESCAPE.match(data, start)
            if match is not None and match.end() > place:
                return match.span()
    return place, place


def _backslashes(data: bytes, last: int) -> int:
    """Count those in a row that end here; looks at few more."""
    size = _FEW
    while True:
        part = data[max(last + 1 - size, 0) : last + 1]
        count = len(part) - len(part.rstrip(b"\\"))
        if count < len(part) or size > last:
            return count
        size *= 2


def _all_around(data: bytes, place: int) -> Span:
    return (0, len(data)) if 0 < place < len(data) else (place, place)


STRING: Final = PieceKind(_escape_around)
SCALAR: Final = PieceKind(_all_around, quote=b'"')


class JsonText:
    """A text that may be, or have, JSON.

    Args:
        file: UTF-8, or anything that agrees with ASCII.
        longest: Lines with more bytes may be read in parts.

    Attributes:
        faults: How many lines are no JSON, or none that goes on, of those that were looked at;
            known when all has been read.
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
            hits: Where pieces are needed. Elsewhere, what cannot be a part of a document is not
                looked at.
        """
        lines, needed = Lines(self._file, self._longest), _Needed(hits)
        rest = b""
        is_start = matters = True
        while not lines.is_end:
            is_new = is_start and self._grammar.is_between
            if is_new:
                matters = lines.skip(needed.behind(lines.place))
            place = lines.place - len(rest)
            line = lines.read()
            data = rest + line
            is_start = line.endswith(b"\n")
            is_needed = needed.behind(place) < place + len(data)
            matters = matters or is_needed
            if is_new and is_start and not is_needed and _is_document(data):
                continue
            tokens: list[Token] = []
            used = self._grammar.read(data, tokens, is_end=is_start or lines.is_end)
            if used < 0:
                # Nothing of it is told yet, unless it is a very long line.
                yield Piece(place, data, TEXT)
                yield from _rest_of_line(line, lines)
                is_start, rest = True, b""
                self.faults += matters
                self._grammar = Grammar()
                continue
            if is_needed:
                yield from _pieces(data, place, tokens)
            rest = data[used:]
            if is_start:
                self._grammar.start_line()
        self.faults += not self._grammar.is_between

    def joins(self, parts: list[Part]) -> bool:
        """Tell whether all is items of one list: no key, nothing but commas between them."""
        pairs = pairwise(parts)
        return all(
            _BETWEEN.fullmatch(self._at(one.end, other.start)) for one, other in pairs
        ) and not _COLON.match(self._at(parts[-1].end, parts[-1].end + _NEARBY))

    def _at(self, start: int, end: int) -> bytes:
        self._file.seek(start)
        return self._file.read(min(end - start, _NEARBY))

    def agrees(self, result: BinaryIO, places: Iterable[int]) -> bool:
        """Tell whether what was JSON is JSON in the result, too."""
        text = JsonText(result)
        for _ in text.pieces(Hit(place, place + 1, "", "") for place in places):
            pass
        return text.faults <= self.faults


class _Needed:
    """Where hits are; asked from left to right."""

    def __init__(self, hits: Iterator[Hit]) -> None:
        self._hits = hits
        self._hit = next(hits, None)

    def behind(self, place: int) -> int:
        """Return where the first one begins that is not over before a place."""
        while self._hit is not None and self._hit.end <= place:
            self._hit = next(self._hits, None)
        return sys.maxsize if self._hit is None else self._hit.start


def _rest_of_line(line: bytes, lines: Lines) -> Iterator[Piece]:
    while not line.endswith(b"\n") and not lines.is_end:
        place = lines.place
        line = lines.read()
        yield Piece(place, line, TEXT)


def _is_document(line: bytes) -> bool:
    """Tell whether a line is JSON by itself, faster than a grammar may."""
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
