"""What is said of an answer: its status and its JSON, compared as a reader of JSON sees it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

if TYPE_CHECKING:
    import httpx

FIELDS: Final = ("id", "created_at", "updated_at", "metadata", "name", "description", "value")
MASK: Final = "ENCRYPTED"

_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(?!000000)\d{6})?Z")


def parsed(response: httpx.Response, status: int) -> Any:
    """Return the JSON of an answer that is to have a status."""
    __tracebackhide__ = True
    assert response.status_code == status, _what_came(response, status)
    try:
        return response.json()
    except (ValueError, RecursionError):
        raise AssertionError(f"{_request(response)} answered {status} with no JSON") from None


def done(response: httpx.Response) -> Any:
    """Return the JSON of an answer to what is not itself the promise, and has to succeed."""
    __tracebackhide__ = True
    assert response.is_success, f"{_request(response)} answered {response.status_code}"
    return parsed(response, response.status_code)


def error(status: int, message: str) -> dict[str, Any]:
    """What the application says when it refuses a request."""
    return {"error": {"message": message, "code": f"http_{status}", "type": "http_error"}}


def unique(operation: str) -> dict[str, Any]:
    """What it says of a name in use."""
    return error(409, f"A secret with these unique properties already exists during {operation}")


def constraint(operation: str) -> dict[str, Any]:
    """What it says of a name that is none."""
    text = f"The provided secret data violates one or more constraints during {operation}"
    return error(400, text)


def unstorable(operation: str) -> dict[str, Any]:
    """What it says of data that the database cannot keep."""
    return error(400, f"Invalid secret data provided during {operation}")


def unknown(operation: str) -> dict[str, Any]:
    """What it says of an id that it does not know."""
    return error(404, f"No secret found during {operation}")


def same(left: object, right: object) -> bool:
    """Compare JSON: 1, 1.0 and true differ, the order of keys does not."""
    return _sorted(left) == _sorted(right)


def in_order(left: object, right: object) -> bool:
    """Compare JSON, with the order of keys."""
    return json.dumps(left) == json.dumps(right)


def compact(content: object) -> str:
    """Write JSON as the API does: without spaces, characters as they are."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def moment(text: str) -> datetime:
    """Read a time as the API writes it: `2026-11-23T14:42:59.389361Z`."""
    __tracebackhide__ = True
    assert _TIME.fullmatch(text), f"not a time as the API writes it: {text!r}"
    return datetime.fromisoformat(text)


def is_id(text: str) -> bool:
    """Tell whether a text is an id as the API makes them: a UUID of version 7."""
    try:
        identity = UUID(text)
    except ValueError:
        return False
    return str(identity) == text and identity.version == 7


def _sorted(content: object) -> str:
    return json.dumps(content, sort_keys=True)


def _what_came(response: httpx.Response, status: int) -> str:
    return f"{_request(response)} answered {response.status_code}, not {status}"


def _request(response: httpx.Response) -> str:
    # Without the query, and without the body: it may show what was sent.
    return f"{response.request.method} {response.request.url.path}"
