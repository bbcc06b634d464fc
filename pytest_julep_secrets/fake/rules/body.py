"""From the bytes of a request to a Python object.

Source: FastAPI 0.115.11 `routing.py` (which content types count as JSON), Starlette 0.46.0
`Request.json`, CPython 3.12 `json` (offsets of errors, depth, digits); recordings.
"""

from __future__ import annotations

import json
import re
from typing import Final

# Deeper bodies exhaust CPython 3.12's stack below uvicorn. (3.11 gives up at about 900.)
MAX_DEPTH: Final = 1483
_MAX_DIGITS: Final = 4300


class Unparseable(Exception):
    """The body cannot be read at all: a 400, not a 422, and before the key is looked at."""


class InvalidJson(Exception):
    """The body is not JSON.

    Attributes:
        offset: Where, in characters from the start.
    """

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def parse(body: bytes, content_type: str | None) -> object:
    """Read a body: None if there is none, bytes if it is not declared as JSON.

    A missing or empty content type counts as JSON.

    Raises:
        InvalidJson: If it should be JSON and is not.
        Unparseable: If it cannot be decoded, nests too deep or has a too long integer.
    """
    if not body:
        return None
    if content_type and not _is_json(content_type):
        return body
    if body.count(b"{") + body.count(b"[") > MAX_DEPTH and _depth(body) > MAX_DEPTH:
        raise Unparseable
    try:
        text = body.decode(json.detect_encoding(body), "surrogatepass")
        parsed: object = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise InvalidJson(_offset(error)) from None
    except (ValueError, RecursionError):
        raise Unparseable from None
    return parsed


def _is_json(content_type: str) -> bool:
    # As the standard library's email.message reads it.
    essence = content_type.partition(";")[0].strip().lower()
    maintype, slash, subtype = essence.partition("/")
    known = slash and "/" not in subtype and maintype == "application"
    return bool(known) and (subtype == "json" or subtype.endswith("+json"))


def _int(digits: str) -> int:
    # Python's own limit can be changed or switched off; the server's is the default.
    if len(digits.lstrip("-")) > _MAX_DIGITS:
        raise ValueError
    return int(digits)


_DECODER: Final = json.JSONDecoder(parse_int=_int)


def _offset(error: json.JSONDecodeError) -> int:
    """The offset that CPython 3.12 gives; 3.13 points at a trailing comma itself."""
    if not error.msg.startswith("Illegal trailing comma"):
        return error.pos
    rest = error.doc[error.pos + 1 :]
    return error.pos + 1 + len(rest) - len(rest.lstrip(" \t\n\r"))


_BRACKET_OR_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


def _depth(body: bytes) -> int:
    depth = deepest = 0
    for token in _BRACKET_OR_STRING.finditer(body):
        if token[0] in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif token[0] in b"]}":
            depth -= 1
    return deepest
