"""Files of environment variables: `NAME=value`, one a line.

Source: python-dotenv, src/dotenv/parser.py (names, quotes, comments).
"""

from __future__ import annotations

import re
from typing import Final

from pytest_julep_secrets.lint.lines import Places
from pytest_julep_secrets.lint.mention import Mention, UnreadableError, decode

_LINE: Final = re.compile(
    r"""
    [^\S\r\n]* (?:export[^\S\r\n]+)?+
    (?: '(?P<quoted>[^'\r\n]+)' | (?P<name>[^=\#\s'"]+) ) [^\S\r\n]*
    (?: = [^\S\r\n]*
        (?P<value> '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" | (?!['"])(?:(?!\s\#)[^\r\n])* )
    )?
    [^\S\r\n]* (?:\#[^\r\n]*)? (?:\r\n|\r|\n|\Z)
    """,
    re.VERBOSE | re.DOTALL,
)
_NOTHING: Final = re.compile(r"[^\S\r\n]*(?:\#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")


def read(raw: bytes) -> tuple[str, list[Mention]]:
    """Read a file of environment variables.

    Returns:
        Its text, and its names and values.

    Raises:
        UnreadableError: If a line is anything else.
    """
    text = decode(raw)
    found: list[Mention] = []
    at, places = 0, Places(text)
    while at < len(text):
        entry = _LINE.match(text, at)
        end = entry or _NOTHING.match(text, at)
        if end is None:
            raise UnreadableError("It has a line that is not NAME=value.", *places.of(at))
        if entry is not None:
            found += _mentions(entry, places)
        at = end.end()
    return text, found


def _mentions(entry: re.Match[str], places: Places) -> list[Mention]:
    group = "name" if entry["name"] is not None else "quoted"
    name = entry[group]
    found = [Mention("name", name, *places.of(entry.start(group)))]
    if entry["value"]:
        place = places.of(entry.start("value"))
        found.append(Mention("value", _unquote(entry["value"]), *place, name))
    return found


def _unquote(value: str) -> str:
    return value[1:-1] if value[0] in "'\"" else value.rstrip()
