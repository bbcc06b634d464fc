"""The parts of a text around what may have to be decoded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pytest_julep_secrets.leaks.forms.noise import literal_places
from pytest_julep_secrets.leaks.forms.readable import texts_in
from pytest_julep_secrets.leaks.forms.view import Span

# A piece of a value with each character escaped is shorter.
_AROUND: Final = 256
# Another escape so near behind one needs no look of its own.
_NEAR: Final = 128

# One each, by its first byte: one byte is found many times as fast as two, or one of several.
_ESCAPES: Final = {
    b"\\": re.compile(rb"\\"),
    b"%": re.compile(rb"%(?:[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})"),
    b"&": re.compile(rb"&(?:#[0-9xX]|[A-Za-z][A-Za-z0-9]{1,31};)"),
    b"#": re.compile(rb"#x[0-9A-F]"),
    b"'": re.compile(rb"'\"'\"'"),
}
_COLOUR: Final = re.compile(rb"\x1b")
# Colours are part of a text.
_ESC: Final = bytes(32 if code == 27 else code for code in range(256))
_LITERAL_BREAK: Final = re.compile(rb"'\r?\n[ \tE+?-]*[bBrRuUfF]{0,2}['\"]")
_MARK: Final = re.compile(rb"\nE(?=[ \t\r\n])")

# A shorter run of digits is a word, a path or a date, and 20 bytes are more in base64.
_RUN: Final = 28
_SPACED_RUN: Final = 40
_SAMPLED: Final = 4
_DIGIT: Final = b"D"
_BLANKS: Final = b" \t\r\n\"'\\"
_IS_DIGIT: Final = bytes(
    68 if (chr(code).isalnum() and code < 128) or code in b"+/-_\r\n\"'\\" else 46
    for code in range(256)
)
_IS_SPACED: Final = bytes(
    68 if code in b"0123456789abcdefABCDEF \t\r\n\"'\\:-,;xX" else 46 for code in range(256)
)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Join those that overlap or touch; from left to right."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def readable(data: bytes, spans: list[Span]) -> list[Span]:
    """Return what of some spans looks like text: of a program or a picture nearly nothing."""
    found: list[Span] = []
    for start, end in spans:
        found += ((start + a, start + b) for a, b in texts_in(data[start:end].translate(_ESC)))
    return found


def of_escapes(data: bytes) -> list[Span]:
    """Return the parts around all escapes."""
    return merged(
        span
        for sign, pattern in _ESCAPES.items()
        if sign in data
        for span in _around(data, pattern)
    )


def of_colours(data: bytes) -> list[Span]:
    """Return the parts around all ANSI codes."""
    return merged(_around(data, _COLOUR)) if b"\x1b" in data else []


def of_breaks(data: bytes) -> list[Span]:
    """Return the parts around places where Python breaks a long literal."""
    return merged(_around(data, _LITERAL_BREAK)) if b"'" in data else []


def of_noise(data: bytes) -> list[Span]:
    """Return the parts around pytest's marks of lines, and around letters of literals."""
    places = literal_places(data)
    literals = ((max(place - _AROUND, 0), place + _AROUND) for place in places)
    return merged([*literals, *_around(data, _MARK), (0, min(_AROUND, len(data)))])


def of_digits(data: bytes, shortest: int) -> list[Span]:
    """Return the runs that may encode something, in base64 or with fewer digits.

    Args:
        data: The text.
        shortest: How many bytes there are at least to be encoded.
    """
    marks = data.translate(_IS_DIGIT)
    least = _DIGIT * min(_RUN, max(shortest * 4 // 3 - 1, 6))
    spans: list[Span] = []
    end = 0
    while (start := marks.find(least, end)) >= 0:
        begin = marks.rfind(b".", end, start) + 1 or end
        stop = marks.find(b".", start)
        stop = stop if stop >= 0 else len(marks)
        # Lines of one may be indented.
        if spans and not data[end:begin].translate(None, _BLANKS):
            begin = spans.pop()[0]
        spans.append((begin, stop))
        end = stop
    return spans


def of_spaced_digits(data: bytes, shortest: int) -> list[Span]:
    """Return the runs of hex digits or numbers with something between them; likewise."""
    length = min(_SPACED_RUN, max(3 * shortest - 1, 16))
    marks = data[::_SAMPLED].translate(_IS_SPACED)
    least = _DIGIT * (length // _SAMPLED)
    spans: list[Span] = []
    end = 0
    while (start := marks.find(least, end)) >= 0:
        stop = marks.find(b".", start)
        end = stop if stop >= 0 else len(marks)
        span = max((start - 1) * _SAMPLED, 0), end * _SAMPLED
        # What is between the samples may be anything.
        if _DIGIT * length in data[slice(*span)].translate(_IS_SPACED):
            spans.append(span)
    return merged(spans)


def _around(data: bytes, pattern: re.Pattern[bytes]) -> Iterator[Span]:
    at = 0
    while (match := pattern.search(data, at)) is not None:
        start = match.start()
        at = start + _NEAR
        yield max(start - _AROUND, 0), min(at + _AROUND, len(data))
