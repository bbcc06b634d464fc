"""What looks like a real credential in a text of any size, by the rules of the guards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pytest_julep_secrets.guards.credentials import RULES, Rule, is_credential

_WINDOW: Final = 1 << 20
# So long may a credential be: keys of 16,384 bits have 13,000 characters.
_LONGEST: Final = 1 << 15
# So far may it begin before the mark of its rule.
_BEFORE: Final = 1 << 8
# What is in no credential but a key in lines; as line breaks, to look for one byte only.
_DELIMITER: Final = re.compile(rb"[\s'\"<>]")
_TO_BREAKS: Final = bytes(10 if chr(code) in " \t\n\r\v\f'\"<>" else code for code in range(256))
# Line breaks and tabs as JSON and reprs escape them, and colours: their letters are no part of
# the word behind them.
_ESCAPED: Final = re.compile(rb"\\+[nrt]|\x1b\[[\d;]*m")
_IN_LINES: Final = "private-key"
_FRAME: Final = b"-----"


class Credential(NamedTuple):
    """Where something looks like a real credential. Does not show it.

    Attributes:
        start: Where it begins, in bytes.
        end: Behind its last byte.
        rule: The name of the rule that tells it.
    """

    start: int
    end: int
    rule: str


def find_credentials(
    chunks: Iterable[bytes], now: float, *, window: int = _WINDOW
) -> Iterator[Credential]:
    """Find what looks like a real credential, in the order of the places; of what overlaps, one.

    Args:
        chunks: The text, UTF-8, cut anywhere.
        now: Seconds since the epoch: what has expired is none.
        window: How many bytes are looked at in one go.
    """
    ended = 0
    for part in _windows(chunks, window):
        for found in sorted(_matches(part, now)):
            if found.start >= ended:
                yield found
                ended = found.end


def without_credentials(text: str, now: float) -> str:
    """Return a text with `REDACTED:RULE` instead of what looks like a real credential.

    Args:
        text: A name of something, such as of a test.
        now: Seconds since the epoch.
    """
    data, shown, done = text.encode("utf-8", "surrogatepass"), b"", 0
    for found in find_credentials([data], now):
        shown += data[done : found.start] + b"REDACTED:" + found.rule.encode()
        done = found.end
    return (shown + data[done:]).decode("utf-8", "surrogatepass")


class _Window(NamedTuple):
    """A part of a text.

    Attributes:
        text: The bytes, with some that come before and after.
        at: Where they begin in the whole.
        since: Where what begins is this window's.
        until: Where what begins is the next one's.
    """

    text: bytes
    at: int
    since: int
    until: int


def _windows(chunks: Iterable[bytes], size: int) -> Iterator[_Window]:
    text = bytearray()
    at = since = 0
    for chunk in chunks:
        text += chunk
        if len(text) >= size + _LONGEST:
            until = at + len(text) - _LONGEST
            yield _Window(bytes(text), at, since, until)
            since, at = until, until - 2 * _BEFORE
            del text[: -_LONGEST - 2 * _BEFORE]
    yield _Window(bytes(text), at, since, at + len(text) + 1)


def _matches(window: _Window, now: float) -> Iterator[Credential]:
    for rule in RULES:
        for first, last in _regions(window.text, rule):
            text = _ESCAPED.sub(_blank, window.text[first:last]).decode("latin-1")
            for match in rule.pattern.finditer(text):
                start, end = (window.at + first + one for one in match.span())
                if window.since <= start < window.until and is_credential(rule, match, now):
                    yield Credential(start, end, rule.name)


def _blank(match: re.Match[bytes]) -> bytes:
    return b" " * (len(match[0]) - 1) + b"\n"


def _regions(text: bytes, rule: Rule) -> Iterator[tuple[int, int]]:
    """Give where credentials of a rule can stand: around its marks."""
    around = _lines_around if rule.name == _IN_LINES else _word_around
    for mark in map(str.encode, rule.marks):
        at = text.find(mark)
        while at >= 0:
            start, end = around(text, at)
            if start < end:
                yield start, end
            # What has no delimiter for long is looked at in parts, that overlap.
            seen = end if end - at < _LONGEST else end - _LONGEST // 4
            at = text.find(mark, max(at + len(mark), seen))


def _word_around(text: bytes, at: int) -> tuple[int, int]:
    before = text[max(at - _BEFORE, 0) : at].translate(_TO_BREAKS)
    start = at - len(before) + before.rfind(b"\n") + 1
    end = _DELIMITER.search(text, at, at + _LONGEST)
    return start, end.start() if end else min(at + _LONGEST, len(text))


def _lines_around(text: bytes, at: int) -> tuple[int, int]:
    """Give a block in PEM that `at` is in the first line of; its end is `at` if there is none."""
    start = text.rfind(_FRAME + b"BEGIN ", max(at - _BEFORE, 0), at)
    body = text.find(_FRAME, at, at + _BEFORE)
    if start < 0 or body < 0:
        return at, at
    end = text.find(_FRAME, body + len(_FRAME), at + _LONGEST)
    return (start, min(end + _BEFORE, len(text))) if end >= 0 else (at, at)
