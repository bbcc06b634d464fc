"""JSON, with the places that the standard library's parser does not tell."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from pytest_julep_secrets.documents.lines import Places
from pytest_julep_secrets.documents.placed import Builder, Placed
from pytest_julep_secrets.documents.unreadable import UnreadableError

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\]:,"]+')


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
