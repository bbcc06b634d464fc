"""JSON, with the places that the standard library's parser does not tell."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from pytest_julep_secrets.lint.documents import mentions_of
from pytest_julep_secrets.lint.lines import Places
from pytest_julep_secrets.lint.mention import Mention, UnreadableError, decode
from pytest_julep_secrets.lint.placed import Builder, Placed

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\]:,"]+')


def read(raw: bytes) -> tuple[str, list[Mention]]:
    """Read a JSON file.

    Returns:
        Its text, and what it mentions.

    Raises:
        UnreadableError: If it is not JSON.
    """
    text = decode(raw)
    return text, list(mentions_of(load(text)))


def load(text: str) -> Any:
    """Parse JSON.

    Raises:
        UnreadableError: If it is not JSON.
    """
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError("It is not JSON.", error.lineno, error.colno) from None
    except (RecursionError, ValueError):
        # Too deep, or an integer with too many digits.
        raise UnreadableError("It is more than Python's JSON parser takes.") from None
    # It is JSON, so nothing but what opens, closes and stands between is left to look at.
    builder, places = Builder(), Places(text)
    for token in _TOKEN.finditer(text):
        line, column = places.of(token.start())
        match token[0]:
            case "{":
                builder.open({}, line, column)
            case "[":
                builder.open([], line, column)
            case "}" | "]":
                builder.close()
            case string if string.startswith('"'):
                builder.add(Placed(json.loads(string), line, column), line, column)
            case literal:
                builder.add(Placed(literal, line, column), line, column)
    return builder.documents[0]
