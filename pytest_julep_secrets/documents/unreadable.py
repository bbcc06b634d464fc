"""What cannot be read, and why."""

from __future__ import annotations


class UnreadableError(Exception):
    """What cannot be read as what it is.

    Args:
        reason: A sentence without anything of the text in it.
        line: Where, from 1.
        column: Likewise.
    """

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(reason)
        self.reason: str = reason
        self.line: int = line
        self.column: int = column


class NoLibraryError(UnreadableError):
    """It takes a library that is not installed to read this kind."""


def decode(raw: bytes) -> str:
    """Decode UTF-8.

    Raises:
        UnreadableError: If it is anything else, or has NUL bytes.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableError("It is not UTF-8.", line) from None
    if "\0" in text:
        raise UnreadableError("It has NUL characters.", text.count("\n", 0, text.index("\0")) + 1)
    return text
