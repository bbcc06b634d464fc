"""UTF-16 and UTF-32 as UTF-8, so that what is escaped or encoded in such a text is found too."""

from __future__ import annotations

import codecs
import re
from typing import Final

from pytest_julep_secrets.artefacts.opening.layer import File, Layer

# The marks of UTF-32 first: the one of UTF-16 begins like them.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK: Final = "\ufeff"
_ENOUGH: Final = 16
_TEXT: Final = frozenset(b"\t\n\r\f\x1b") | frozenset(range(0x20, 0x7F))
# UTF-16 of Latin letters has none; of Chinese it may, which costs a second look at it.
_ASCII: Final = re.compile(rb"[ -~]{6}")


def encoding_of(first_bytes: bytes) -> str | None:
    """Tell a UTF-16 or UTF-32 text, by its mark; UTF-16 without one if it begins with ASCII.

    Args:
        first_bytes: As for `kind_of`.

    Returns:
        Its name in Python; None for anything else.
    """
    for mark, encoding in _MARKS:
        if first_bytes.startswith(mark):
            return encoding
    even, odd = first_bytes[::2], first_bytes[1::2]
    if len(first_bytes) < _ENOUGH:
        return None
    if not any(odd) and _TEXT.issuperset(even):
        return "utf-16-le"
    if not any(even) and _TEXT.issuperset(odd):
        return "utf-16-be"
    return None


class Decoded(Layer):
    """A text as UTF-8, without its mark. What is no text becomes U+FFFD.

    Attributes:
        is_mixed: Whether there was something in it that looks like ASCII: `>>` of another program.

    Args:
        source: Its bytes.
        encoding: What they are in.
    """

    def __init__(self, source: File, encoding: str) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self.is_mixed: bool = False
        super().__init__("text")

    def begin(self) -> None:
        """Begin anew."""
        self._source.seek(0)
        self._decoder.reset()
        self._rest = b""
        self._is_begun = False

    def produce(self, size: int) -> bytes:
        """Give the next bytes."""
        data = b"?"
        while data and len(self._rest) < size:
            data = self._source.read(size)
            self.is_mixed = self.is_mixed or bool(_ASCII.search(data))
            text = self._decoder.decode(data, final=not data)
            if text and not self._is_begun:
                self._is_begun = True
                text = text.removeprefix(_MARK)
            self._rest += text.encode()
        given, self._rest = self._rest[:size], self._rest[size:]
        return given
