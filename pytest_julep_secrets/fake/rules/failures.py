"""What the server, or the gateway in front of it, says with a status of an error.

Source: agents_api (`common/utils/db_exceptions.py`, `dependencies/auth.py`, `web.py`), recordings.
For the others Go's `http.StatusText` as plain text, as Traefik answers by itself: what Julep's
hosted gateway said was never recorded.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from pytest_julep_secrets.fake.call import Reply
from pytest_julep_secrets.fake.rules.replies import http_error, invalid, router_error, text_reply

_MESSAGES: Final = {
    400: "Invalid secret data provided during {}",
    403: "Could not validate API KEY",
    404: "No secret found during {}",
    409: "A secret with these unique properties already exists during {}",
}
_TEXTS: Final = {status.value: status.phrase for status in HTTPStatus}


def failure(status: int, operation: str) -> Reply:
    """Build the reply of a status.

    Args:
        status: From 400 to 599.
        operation: What was asked for: "create", "list", "update" or "delete".
    """
    if status in _MESSAGES:
        return http_error(status, _MESSAGES[status].format(operation))
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return router_error(status, "Method Not Allowed")
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        return invalid([])
    return text_reply(status, _TEXTS.get(status, ""))
