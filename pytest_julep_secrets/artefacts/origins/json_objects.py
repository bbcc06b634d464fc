"""Objects of JSON that belong to a test: by a key of theirs, or by the one they stand under."""

from __future__ import annotations

import html
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pytest_julep_secrets.artefacts.origins.json_tokens import BROKEN, LINE, STRING, Token
from pytest_julep_secrets.artefacts.origins.span import Span

# No report is any deeper; each object that is open is kept.
_DEEPEST: Final = 50


def named_objects(tokens: Iterable[Token], *, of_html: bool = False) -> Iterator[Span]:
    """Give the objects that a report tells the test of; when they end, so the inner ones first.

    Args:
        tokens: Of the report; or of several, one a line.
        of_html: It is pytest-html's: a member of "tests" has the test as its key. In others an
            object has it as its "nodeid".
    """
    reader = _Reader(of_html=of_html)
    for token in tokens:
        yield from reader.read(token)
    yield from reader.end(sys.maxsize)


@dataclass(slots=True)
class _Open:
    """An object or array whose end has not come yet."""

    start: int
    is_object: bool
    test: str = ""
    key: bytes = b""
    # Whether the next string is a key.
    at_key: bool = True


class _Reader:
    def __init__(self, *, of_html: bool) -> None:
        self._of_html = of_html
        self._open: list[_Open] = []
        # How many more are open, that are too deep.
        self._deeper = 0
        self._documents = 0

    def read(self, token: Token) -> Iterator[Span]:
        """Take the next token, and give what ends with it."""
        kind = token.kind
        if kind == STRING:
            self._string(token.text)
        elif kind in b"{[":
            self._begin(token)
        elif kind in b"}]":
            yield from self._close(token.start + 1)
        elif kind == BROKEN or (kind == LINE and self._documents):
            yield from self.end(token.start)
        elif self._open and not self._deeper:
            self._open[-1].at_key = kind == b","

    def end(self, at: int) -> Iterator[Span]:
        """Give what is open: nothing more comes of it."""
        self._deeper = 0
        while self._open:
            yield from self._close(at)

    def _begin(self, token: Token) -> None:
        if len(self._open) >= _DEEPEST:
            self._deeper += 1
            return
        test = ""
        if self._of_html and len(self._open) == 2 and self._open[0].key == b"tests":
            test = _plain(self._open[1].key, of_html=True)
        self._open.append(_Open(token.start, token.kind == b"{", test))

    def _close(self, at: int) -> Iterator[Span]:
        if self._deeper:
            self._deeper -= 1
        elif self._open:
            ended = self._open.pop()
            self._documents += not self._open
            if ended.test:
                yield Span(ended.start, at, ended.test)

    def _string(self, text: bytes) -> None:
        if self._deeper or not self._open or not self._open[-1].is_object:
            return
        inner = self._open[-1]
        if inner.at_key:
            inner.key = text
        elif inner.key == b"nodeid" and not self._of_html:
            inner.test = _plain(text, of_html=False)


def _plain(text: bytes, *, of_html: bool) -> str:
    plain = text.decode("utf-8", "replace")
    try:
        return str(json.loads(f'"{html.unescape(plain) if of_html else plain}"'))
    except ValueError:
        return ""
