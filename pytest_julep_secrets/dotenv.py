"""Files of environment variables: `NAME=value`, one a line. Pure: text in.

Source: python-dotenv, src/dotenv/parser.py (names, quotes, comments).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

_LINE: Final = re.compile(
    r"""
    [^\S\r\n]* (?:export[^\S\r\n]+)?+
    (?: '(?P<quoted>[^'\r\n]+)' | (?P<name>[^=\#\s'"]+) ) [^\S\r\n]*
    (?: = [^\S\r\n]*+
        (?P<value> '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" | (?!['"])(?:(?!\s\#)[^\r\n])* )
    )?
    [^\S\r\n]* (?:\#[^\r\n]*)? (?:\r\n|\r|\n|\Z)
    """,
    re.VERBOSE | re.DOTALL,
)
_NOTHING: Final = re.compile(r"[^\S\r\n]*(?:\#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_BREAK: Final = re.compile(r"\r\n|\r|\n")

# Of values in these quotes.
_ESCAPES: Final = {"'": re.compile(r"\\[\\']"), '"': re.compile(r"\\[\\'\"abfnrtv]")}
_MEANT: Final = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One variable.

    Attributes:
        name: Its name.
        value: Its value without quotes, escapes in it as they are; "" for none.
        name_at: Where the name begins in the text.
        value_at: Where the value begins, with its quotes; -1 without an equals sign.
        quote: Which quotes it has; "" for none.
    """

    name: str
    value: str = field(repr=False)
    name_at: int
    value_at: int
    quote: str = ""

    @property
    def decoded(self) -> str:
        """The value that a program sees, but for variables in it."""
        escape = _ESCAPES.get(self.quote)
        return escape.sub(_decoded, self.value) if escape else self.value


def entries(text: str, on_bad_line: Callable[[int], object]) -> Iterator[Entry]:
    """Give the variables in a text.

    Args:
        text: Without a byte order mark.
        on_bad_line: Called with the place of a line that is anything else; it is left out.
    """
    at = 0
    while at < len(text):
        line = _LINE.match(text, at)
        if line is not None:
            group = "name" if line["name"] is not None else "quoted"
            value, quote = _unquoted(line["value"] or "")
            yield Entry(line[group], value, line.start(group), line.start("value"), quote)
        elif not _NOTHING.match(text, at):
            on_bad_line(at)
        at = line.end() if line else _after_line(text, at)


def _after_line(text: str, at: int) -> int:
    end = _BREAK.search(text, at)
    return end.end() if end else len(text)


def _unquoted(value: str) -> tuple[str, str]:
    return (value[1:-1], value[0]) if value[:1] in {"'", '"'} else (value.rstrip(), "")


def _decoded(escape: re.Match[str]) -> str:
    return _MEANT.get(escape[0][1], escape[0][1])
