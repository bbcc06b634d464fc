"""Objects of JSON that belong to a test: by a key of theirs, or by the one they stand under."""

from __future__ import annotations

import html
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pytest_julep_secrets.artefacts.origins.json_tokens import LONGEST, Token
from pytest_julep_secrets.artefacts.origins.span import Span

# No report is any deeper; each object that is open is kept.
_DEEPEST: Final = 50


def named_objects(tokens: Iterable[tuple[int, Token]], *, of_html: bool = False) -> Iterator[Span]:
    """Give the objects that a report tells the test of; when they end, so the inner ones first.

    Args:
        tokens: Of the report; or of several, one a line.
        of_html: It is pytest-html's: a member of "tests" has the test as its key. In others an
            object has it as its "nodeid".
    """
    reader = _Reader(of_html=of_html)
    for start, token in tokens:
        yield from reader.read(start, token)
    yield from reader.end(sys.maxsize)


@dataclass(slots=True)
class _Open:
    """An object or array whose end has not come yet."""

    start: int
    name: bytes
    test: str = ""


class _Reader:
    def __init__(self, *, of_html: bool) -> None:
        self._of_html = of_html
        self._open: list[_Open] = []
        # How many more are open, that are too deep.
        self._deeper = 0
        self._documents = 0

    def read(self, start: int, token: Token) -> Iterator[Span]:
        """Take the next token, and give what ends with it."""
        match token.lastgroup:
            case "begin":
                self._begin(start + token.start(), token["name"] or b"")
            case "close":
                yield from self._close(start + token.end())
            case "nodeid" if self._open and not self._deeper and not self._of_html:
                self._open[-1].test = _plain(token["test"], of_html=False)
            case "line" if self._documents:
                yield from self.end(start + token.start())
            case "broken":
                yield from self.end(start + token.end())

    def end(self, at: int) -> Iterator[Span]:
        """Give what is open: nothing more comes of it."""
        self._deeper = 0
        while self._open:
            yield from self._close(at)

    def _begin(self, at: int, name: bytes) -> None:
        if len(self._open) >= _DEEPEST:
            self._deeper += 1
            return
        name = name if len(name) <= LONGEST else b""
        is_test = self._of_html and len(self._open) == 2 and self._open[1].name == b"tests"
        self._open.append(_Open(at, name, _plain(name, of_html=True) if is_test else ""))

    def _close(self, at: int) -> Iterator[Span]:
        if self._deeper:
            self._deeper -= 1
        elif self._open:
            ended = self._open.pop()
            self._documents += not self._open
            if ended.test:
                yield Span(ended.start, at, ended.test)


def _plain(text: bytes, *, of_html: bool) -> str:
    plain = text[: LONGEST + 1].decode("utf-8", "replace")
    if len(text) > LONGEST:
        return ""
    try:
        return str(json.loads(f'"{html.unescape(plain) if of_html else plain}"'))
    except ValueError:
        return ""
