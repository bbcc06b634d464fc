"""The outline of HTML, or of what resembles it: tags and their attributes, in order."""

from __future__ import annotations

import hashlib
from html.parser import HTMLParser
from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.redaction.streams import reader

# A tag that is cut is read again from its start, and reports keep all they have in one.
_PART: Final = 1 << 24

_Attributes = list[tuple[str, str | None]]


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._hash = hashlib.sha256()

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        self._tell("<", tag, *(name for name, _ in attrs))

    def handle_endtag(self, tag: str) -> None:
        self._tell("/", tag)

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 - what it says may change
        self._tell("-")

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002
        self._tell("!")

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002
        self._tell("[")

    def handle_pi(self, data: str) -> None:  # noqa: ARG002
        self._tell("?")

    def _tell(self, *words: str) -> None:
        self._hash.update("\0".join((*words, "\n")).encode("utf-8", "surrogatepass"))

    def digest(self) -> bytes:
        return self._hash.digest()


def outline(file: BinaryIO) -> bytes:
    """Return what is the same for the same tags in the same order; b"" if no one can tell."""
    parser = _Outline()
    reading = reader(file)
    try:
        while part := reading.read(_PART):
            parser.feed(part.decode("latin-1"))
        parser.close()
    except AssertionError:
        # What HTMLParser says of a declaration that it does not know.
        return b""
    return parser.digest()
