"""The bodies the server sends, to the byte: compact JSON, non-ASCII as it is.

Source: agents_api `web.py` (exception handlers), `common/utils/db_exceptions.py`; FastAPI
0.115.11 and Starlette 0.46.0 for the two `{"detail": ...}` bodies; recordings.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from pytest_julep_secrets.fake.call import Reply

Detail = dict[str, str]

dumps: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Crash(Exception):
    """The server runs into an unhandled error here: 500, without CORS headers."""


class Unencodable(Crash):
    """The answer cannot be written: half a surrogate pair in it, or metadata too deep."""


def reply(status: int, text: str, content_type: str = "application/json") -> Reply:
    """Build a reply from its text.

    Raises:
        Unencodable: If the text has a lone surrogate.
    """
    try:
        body = text.encode()
    except UnicodeEncodeError:
        raise Unencodable from None
    headers = [("content-length", str(len(body))), ("content-type", content_type)]
    return Reply(status, headers, body)


def json_reply(status: int, content: object) -> Reply:
    """Build a reply from a JSON value."""
    return reply(status, dumps(content))


def http_error(status: int, message: str) -> Reply:
    """An error of the application itself."""
    error = {"message": message, "code": f"http_{status}", "type": "http_error"}
    return json_reply(status, {"error": error})


def account_error(status: int, message: str, code: str) -> Reply:
    """An error of the usage middleware, which knows no type."""
    return json_reply(status, {"error": {"message": message, "code": code}})


def router_error(status: int, text: str) -> Reply:
    """An error of the web framework below the application."""
    return json_reply(status, {"detail": text})


def text_reply(status: int, text: str) -> Reply:
    """A plain text, such as that of an unhandled error."""
    return reply(status, text, "text/plain; charset=utf-8")


def invalid(details: list[Detail]) -> Reply:
    """A 422 with all its details."""
    error = {"message": "Validation error", "details": details, "code": "validation_error"}
    return json_reply(422, {"error": error})


# What the server adds to a detail of this type.
_ADVICE: Final[dict[str, Detail]] = {
    "missing": {
        "fix": "Add this required field to your request",
        "example": '{ "field_name": "value" }',
    },
    "json_invalid": {"fix": "Provide valid JSON format"},
    "uuid_parsing": {
        "fix": "Provide a valid UUID (e.g., 123e4567-e89b-12d3-a456-426614174000)",
    },
}


def detail(type_: str, msg: str, loc: str, received: object) -> Detail:
    """One mistake of a 422, in the server's key order.

    Args:
        type_: pydantic's type of error.
        msg: pydantic's sentence.
        loc: Where, such as "name", "body", "query.limit".
        received: The offending input. The server echoes its `str()`, never shortened,
            even if that shows a secret.
    """
    head = {"type": type_, "msg": msg, "loc": loc}
    return {**head, **_ADVICE.get(type_, {}), "received": str(received)}
