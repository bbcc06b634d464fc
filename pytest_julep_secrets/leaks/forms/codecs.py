"""Encodings of whole texts: base64, hex, base32, numbers.

Base64 and hex are decoded wherever they may stand by decoding the whole text, once for each way
its digits may be grouped: what is none becomes garbage, and no run has to be found first. What
is found in garbage by accident is not: its place has other characters in it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from pytest_julep_secrets.leaks.forms.view import Encoding, Joined, Kept, Rewritten, Span, View

_LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = b"0123456789"
_BASE64: Final = _LETTERS + _DIGITS + b"+/-_"
_HEX: Final = _DIGITS + b"abcdefABCDEF"
# What wraps and separates digits. The x is of `\x41`, the quotes of concatenated literals.
_WRAP: Final = b" \t\r\n\"'\\"
_SEPARATORS: Final = _WRAP + b":-,;"
_OX: Final = re.compile(rb"0[xX](?=[0-9a-fA-F])|\\x(?=[0-9a-fA-F]{2})")


def _table(known: bytes, other: bytes, *changes: tuple[bytes, bytes]) -> bytes:
    """Make a table that keeps some bytes, changes a few of them, and makes the others one."""
    table = bytearray(code if code in known else other[0] for code in range(256))
    for old, new in changes:
        table[old[0]] = new[0]
    return bytes(table)


_AS_BASE64: Final = _table(_BASE64, b"A", (b"-", b"+"), (b"_", b"/"))
_AS_HEX: Final = _table(_HEX, b"0")
_IS_HEX: Final = bytes(72 if code in _HEX else 46 for code in range(256))
# The shortest value has six bytes.
_DIGITS_OF_SHORTEST: Final = b"H" * 12
_OXES: Final = re.compile(rb"0[xX][0-9a-fA-F]{1,2}[^0-9A-Za-z]{1,3}0[xX]")
_UPPER: Final = _LETTERS[:26] + b"234567"
_IS_UPPER: Final = bytes(85 if code in _UPPER else 46 for code in range(256))
_NUMBERS: Final = re.compile(rb"(?<![0-9A-Za-z])\d{1,3}(?:\s*,\s*\d{1,3}){5,}(?![0-9A-Za-z])")
_NUMBER: Final = re.compile(rb"\d+")
# Shorter lines are not wrapped ones.
_LONG_LINE: Final = 60

Codec = Callable[[bytes], Iterator[Encoding]]


class _Run:
    """What stands around a part of an encoded text.

    Args:
        digits: The bytes it is made of.
        wraps: Those that may stand between them.
        more: What else belongs to a run of separated digits.
    """

    def __init__(self, digits: bytes, wraps: bytes, more: bytes = rb"(?!)") -> None:
        self._known = digits + b"=" + wraps
        kind = b"[" + re.escape(digits) + b"]"
        self._digits = re.compile(b"%b*=*(?:%b)*" % (kind, more))
        self._line_before = re.compile(
            b"%b*(?:[ \t]*\n\r?[ \t]*%b{%d,})*" % (kind, kind, _LONG_LINE)
        )
        self._next_line = re.compile(b"[ \t]*\r?\n[ \t]*(%b+)=*" % kind)

    def holds(self, text: bytes) -> bool:
        """Tell whether a text is nothing else."""
        return not text.translate(None, self._known)

    def grown(self, text: bytes, start: int, end: int, mirrored: bytes = b"") -> Span:
        """Return the place of all of the run that a part of a text belongs to.

        Args:
            text: The text.
            start: Where the part begins.
            end: Behind its last byte.
            mirrored: The text from its end to its start, for who asks many times.
        """
        mirrored = mirrored or text[::-1]
        at = len(text) - start
        before = self._line_before.match(mirrored, at)
        begin = start - (before.end() - at if before else 0)
        stop = self._stop(text, end)
        line = stop - max(begin, text.rfind(b"\n", begin, stop) + 1)
        while line >= _LONG_LINE and (following := self._next_line.match(text, stop)):
            stop, line = following.end(), len(following[1])
        return begin, stop

    def _stop(self, text: bytes, end: int) -> int:
        match = self._digits.match(text, end)
        return match.end() if match else end


class _Grouped:
    """What a text is if its groups of digits begin at some place.

    Args:
        kept: Its digits.
        data: What they stand for.
        offset: How many digits stand before the first group.
        group: How many digits stand for how many bytes.
        run: What digits look like.
        name: The form.
    """

    def __init__(
        self, kept: Kept, data: bytes, *, offset: int, group: Span, run: _Run, name: str
    ) -> None:
        self.data = data
        self._kept, self._offset, self._group = kept, offset, group
        self._run, self._name = run, name
        self._known: Span = (0, 0)

    @cached_property
    def _mirrored(self) -> bytes:
        return self._kept.source[::-1]

    def back(self, start: int, end: int) -> Span | None:
        """Return the part's digits, if there is nothing else between them."""
        digits, count = self._group
        first = self._offset + start * digits // count
        last = self._offset - (-end * digits // count) - 1
        kept, source = self._kept, self._kept.source
        # There are digits that were put behind the last one.
        begin, stop = kept.place(first), kept.place(min(last, len(kept.data) - 1)) + 1
        return (begin, stop) if self._run.holds(source[begin:stop]) else None

    def whole(self, start: int, end: int) -> Span:
        """Return the run that digits are in: the rest of it would be garbage, or readable."""
        begin, stop = self._known
        if not begin <= start < end <= stop:
            # A long run may hold many values, and is measured once.
            self._known = self._run.grown(self._kept.source, start, end, self._mirrored)
        return self._known

    def names(self, start: int, end: int) -> list[str]:  # noqa: ARG002 - all of it is
        """Return the encoding."""
        return [self._name]


_BASE64_RUN: Final = _Run(_BASE64, _WRAP)
_HEX_RUN: Final = _Run(
    _HEX, _SEPARATORS + b"x", rb"[:\-, ;]{1,2}(?:0[xX])?[0-9a-fA-F]{2}(?![0-9a-fA-F])"
)
_BASE32_RUN: Final = _Run(_UPPER, b"")


def base64_texts(data: bytes) -> Iterator[Encoding]:
    """Decode a text as base64, standard or URL-safe, at each of four places."""
    kept = Kept(data, _WRAP, _AS_BASE64)
    for offset in range(4):
        digits = kept.data[offset:]
        text = binascii.a2b_base64(digits + b"A" * (-len(digits) % 4))
        yield _Grouped(kept, text, offset=offset, group=(4, 3), run=_BASE64_RUN, name="base64")


def hex_texts(data: bytes) -> Iterator[_Grouped]:
    """Decode a text as hex at each of two places, if it has enough digits in a row."""
    if _DIGITS_OF_SHORTEST not in data.translate(_IS_HEX, _SEPARATORS):
        return
    kept = Kept(data, _SEPARATORS, _AS_HEX)
    for offset in range(2):
        digits = kept.data[offset:]
        text = binascii.unhexlify(digits + b"0" * (-len(digits) % 2))
        yield _Grouped(kept, text, offset=offset, group=(2, 1), run=_HEX_RUN, name="hex")


def prefixed_hex_texts(data: bytes) -> Iterator[Encoding]:
    """Decode a text as hex numbers, each with its own 0x."""
    if _OXES.search(data) is None:
        return
    plain = Rewritten(data, _OX, lambda _: b"", lambda _: "")
    for view in hex_texts(plain.data):
        yield Twice(plain, view)


class Twice:
    """A view of a view."""

    def __init__(self, outer: View, inner: _Grouped) -> None:
        self._outer, self._inner = outer, inner
        self.data: bytes = inner.data

    def back(self, start: int, end: int) -> Span | None:
        """Return the part's place in the text behind both."""
        inner = self._inner.back(start, end)
        return inner and self._outer.back(*self._inner.whole(*inner))

    def whole(self, start: int, end: int) -> Span:
        """Leave it: what is seen twice is a run already."""
        return start, end

    def names(self, start: int, end: int) -> list[str]:
        """Return the forms of the inner one."""
        return self._inner.names(start, end)


def base32_texts(data: bytes) -> Iterator[Encoding]:
    """Decode each run of base32 in a text, at each of eight places."""
    for start, end in _runs(data, _IS_UPPER, b"U" * 10):
        run = Joined(data, [(start, end)])
        kept = Kept(run.data, b"")
        for offset in range(8):
            digits = kept.data[offset:]
            text = base64.b32decode(digits + b"A" * (-len(digits) % 8))
            yield Twice(
                run,
                _Grouped(kept, text, offset=offset, group=(8, 5), run=_BASE32_RUN, name="base32"),
            )


def number_texts(data: bytes) -> Iterator[Encoding]:
    """Decode each list of numbers in a text, such as one of bytes."""
    if data.count(b",") < 5 or b",,,,," not in data.translate(None, _DIGITS + _WRAP):
        return
    for match in _NUMBERS.finditer(data):
        numbers = [int(number) for number in _NUMBER.findall(match[0])]
        if max(numbers) < 256:
            yield _Numbers(match, bytes(numbers))


class _Numbers:
    """A list of byte numbers, as the bytes."""

    def __init__(self, match: re.Match[bytes], data: bytes) -> None:
        self._span = match.span()
        self.data = data

    def whole(self, start: int, end: int) -> Span:
        """Leave it."""
        return start, end

    def back(self, start: int, end: int) -> Span:  # noqa: ARG002 - never a part of a list
        """Return the place of the whole list."""
        return self._span

    def names(self, start: int, end: int) -> list[str]:  # noqa: ARG002 - all of it is
        """Return what it is."""
        return ["listed bytes"]


def _runs(data: bytes, table: bytes, least: bytes) -> Iterator[Span]:
    """Find the runs of some bytes that are long enough.

    Args:
        data: The text.
        table: What marks them, byte for byte.
        least: So many marks.
    """
    marks = data.translate(table)
    start = marks.find(least)
    while start >= 0:
        stop = marks.find(b".", start)
        end = stop if stop >= 0 else len(marks)
        yield start, end
        start = marks.find(least, end)


CODECS: Final[Mapping[str, Sequence[Codec]]] = {
    "base64": (base64_texts,),
    "hex": (hex_texts, prefixed_hex_texts),
    "base32": (base32_texts,),
    "listed bytes": (number_texts,),
}
