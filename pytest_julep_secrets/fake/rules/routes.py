"""Which path and method leads to which operation, and what the router says otherwise.

Source: agents_api `routers/secrets/`; Starlette 0.46.0 `routing.py`; recordings.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import quote

from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.fake.rules.replies import router_error


class Route(NamedTuple):
    """One row of the server's routing table."""

    method: str
    template: str
    operation: str


# In the order of the server's table: of a known path with another method, the 405 names the
# method of the first row only.
ROUTES: Final = (
    Route("POST", "/secrets", "create"),
    Route("DELETE", "/secrets/{secret_id}", "delete"),
    Route("GET", "/secrets", "list"),
    Route("PUT", "/secrets/{secret_id}", "update"),
)

# As Starlette compiles the two templates; its "$" also matches before a final newline.
_COLLECTION: Final = re.compile("^/secrets$")
_ITEM: Final = re.compile("^/secrets/(?P<secret_id>[^/]+)$")

_BY_METHOD: Final = {(route.template, route.method): route.operation for route in ROUTES}
_ALLOW: Final = {route.template: route.method for route in reversed(ROUTES)}


def describe() -> str:
    """List what the fake answers, for messages: `POST /secrets, GET /secrets, ...`."""
    return ", ".join(f"{route.method} {route.template}" for route in ROUTES)


def match(path: str) -> tuple[str, str] | None:
    """Find the template for a path and the id in it ("" where it has none)."""
    if _COLLECTION.match(path):
        return "/secrets", ""
    item = _ITEM.match(path)
    return ("/secrets/{secret_id}", item["secret_id"]) if item else None


def operation(template: str, method: str) -> str | None:
    """Name the operation of a known path, or None if the method is not allowed."""
    return _BY_METHOD.get((template, method))


def unrouted(call: Call) -> Reply:
    """Answer a path that is not in the table: a redirect, or 404."""
    path = call.path
    other = path.rstrip("/") if path.endswith("/") else path + "/"
    if path == "/" or match(other) is None:
        return router_error(404, "Not Found")
    query = f"?{call.query}" if call.query else ""
    location = quote(f"{call.origin}{other}{query}", safe=":/%#?=@[]!$&'()*+,;")
    return Reply(307, [("content-length", "0"), ("location", location)])


def not_allowed(template: str) -> Reply:
    """Answer a known path with a method it does not have."""
    reply = router_error(405, "Method Not Allowed")
    reply.headers.append(("allow", _ALLOW[template]))
    return reply
