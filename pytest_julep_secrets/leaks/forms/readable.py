"""What looks like text among bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pytest_julep_secrets.leaks.forms.view import Span

# What has so many of these in a row is looked at closer. "." marks what is in no text.
_IS_TEXT: Final = bytes(
    80 if 32 <= code < 127 or code in b"\0\t\r\n" else 104 if code >= 128 else 46
    for code in range(256)
)
_TEXT: Final = b"P" * 8


def is_text(data: bytes) -> bool:
    """Tell whether bytes, wherever they stand, are in one of `texts_in`."""
    marks = data.translate(_IS_TEXT)
    return _TEXT in marks and b"." not in marks


def texts_in(data: bytes) -> Iterator[Span]:
    """Give the spans that look like text, each with what is before the part that tells it."""
    marks = data.translate(_IS_TEXT)
    end = 0
    while (start := marks.find(_TEXT, end)) >= 0:
        begin = marks.rfind(b".", end, start) + 1 or end
        stop = marks.find(b".", start)
        end = stop if stop >= 0 else len(marks)
        yield begin, end
