"""JSON as it comes, part by part: its strings and scalars, or that it is none."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

STRING, SCALAR, MARK = 1, 2, 3

_INSIDE: Final = rb'(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+'
# As Python reads it, so with NaN and its like.
WORD: Final = (
    rb"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|true|false|null|NaN|-?Infinity"
)
_TOKEN: Final = re.compile(rb'[ \t\r\n]*+(?:"(%b)"|(%b)|([]\[{}:,]))' % (_INSIDE, WORD), re.DOTALL)
_STRING: Final = re.compile(_INSIDE, re.DOTALL)
_SPACE: Final = re.compile(rb"[ \t\r\n]*+")
# The longest escape, number or word that may be cut in two.
_LONGEST: Final = 400
# What of a number, "e-", is no part of it until its digits are there.
_EXPONENT: Final = 2
_QUOTE, _DIGIT = ord('"'), ord("0")

# What may come next, and then.
_THEN: Final = {
    ("value", _QUOTE): "end",
    ("value", _DIGIT): "end",
    ("value or end", _QUOTE): "end",
    ("value or end", _DIGIT): "end",
    ("key", _QUOTE): "colon",
    ("key or end", _QUOTE): "colon",
    ("colon", ord(":")): "value",
}
_OPENS: Final = {ord("["): "value or end", ord("{"): "key or end"}
_CLOSES: Final = {
    ord("]"): (ord("["), {"end", "value or end"}),
    ord("}"): (ord("{"), {"end", "key or end"}),
}


class Token(NamedTuple):
    """A string without its quotes, or a part of one, or another scalar."""

    start: int
    end: int
    is_string: bool


class Grammar:
    """What has been read of a text, and what may come next."""

    def __init__(self) -> None:
        self._open = bytearray()
        self._next = "value"
        self._in_string = False

    @property
    def is_between(self) -> bool:
        """Whether no document is begun."""
        return not self._open and not self._in_string

    def start_line(self) -> None:
        """Take a line break: another document may follow."""
        if not self._open:
            self._next = "value"

    def read(self, data: bytes, tokens: list[Token], *, is_end: bool) -> int:
        """Read on.

        Args:
            data: What comes next.
            tokens: Takes what is in it.
            is_end: Whether no token goes on behind it.

        Returns:
            How much was read: the rest may be half a token. -1 if it is no JSON.
        """
        at = self._read_string(data, 0, tokens) if self._in_string else 0
        at = self._read_tokens(data, at, tokens, is_end=is_end) if not self._in_string else at
        if at < 0:
            return -1
        at = _end(_SPACE, data, at) if not self._in_string else at
        if at < len(data) and not self._in_string and data[at] == _QUOTE and not is_end:
            if not self._take(_QUOTE):
                return -1
            self._in_string = True
            at = self._read_string(data, at + 1, tokens)
        is_cut = not is_end and len(data) - at < _LONGEST
        return at if at == len(data) or is_cut else -1

    def _read_tokens(self, data: bytes, at: int, tokens: list[Token], *, is_end: bool) -> int:
        size = len(data)
        while (match := _TOKEN.match(data, at)) is not None:
            which = match.lastindex or MARK
            end = match.end()
            if which == MARK:
                if not self._take(data[end - 1]):
                    return -1
            else:
                if which == SCALAR and end + _EXPONENT >= size and not is_end:
                    break
                if not self._take(_QUOTE if which == STRING else _DIGIT):
                    return -1
                start, last = match.span(which)
                tokens.append(Token(start, last, which == STRING))
            at = end
        return at

    def _read_string(self, data: bytes, at: int, tokens: list[Token]) -> int:
        end = _end(_STRING, data, at)
        tokens.append(Token(at, end, is_string=True))
        if end < len(data) and data[end] == _QUOTE:
            self._in_string = False
            return end + 1
        return end

    def _take(self, token: int) -> bool:
        """Take a mark, a quote for a string, or a digit for another scalar."""
        following = _THEN.get((self._next, token))
        if following is None:
            following = self._bracket(token)
        self._next = following or self._next
        return following is not None

    def _bracket(self, token: int) -> str | None:
        if token in _OPENS and self._next in {"value", "value or end"}:
            self._open.append(token)
            return _OPENS[token]
        if not self._open:
            return None
        if token == ord(",") and self._next == "end":
            return "value" if self._open[-1] == ord("[") else "key"
        opening, allowed = _CLOSES.get(token, (0, set()))
        if self._open[-1] == opening and self._next in allowed:
            self._open.pop()
            return "end"
        return None


def _end(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    match = pattern.match(data, at)
    return at if match is None else match.end()
