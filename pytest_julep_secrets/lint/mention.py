"""What a file says, before anybody has judged it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["name", "value", "string", "text"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a value in a file.

    Attributes:
        kind: "name" or "value" of a secret; "string", any that could be a name; or "text", any
            that a value could be in.
        text: The string itself; `{}` in it stands for what only running would tell.
        line: From 1.
        column: From 1, in characters.
        name: Of a value: which secret's, "" if it is not known.
    """

    kind: Kind
    text: str = field(repr=False)
    line: int
    column: int
    name: str = field(default="", repr=False)


class UnreadableError(Exception):
    """A file that cannot be read as what it is.

    Args:
        reason: A sentence without anything of the file in it.
        line: Where, from 1.
        column: Likewise.
    """

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(reason)
        self.reason: str = reason
        self.line: int = line
        self.column: int = column


class NoLibraryError(UnreadableError):
    """It takes a library that is not installed to read files of this kind."""


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
