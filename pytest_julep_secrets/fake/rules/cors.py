"""Cross-origin requests.

Source: Starlette 0.46.0 `CORSMiddleware` as the server sets it up: any origin, any header,
credentials allowed, one hour. It wraps everything but the handler of unhandled errors.
"""

from __future__ import annotations

from typing import Final

from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.fake.rules.replies import text_reply

_METHODS: Final = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")


def preflight(call: Call) -> Reply | None:
    """Answer a preflight request; None for any other. Needs no key."""
    headers = call.headers
    wanted = headers.get("access-control-request-method")
    if call.method != "OPTIONS" or "origin" not in headers or wanted is None:
        return None
    allowed = wanted in _METHODS
    text = "OK" if allowed else "Disallowed CORS method"
    reply = text_reply(200 if allowed else 400, text)
    reply.headers += [
        ("vary", "Origin"),
        ("access-control-allow-methods", ", ".join(_METHODS)),
        ("access-control-max-age", "3600"),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-origin", headers["origin"]),
    ]
    if "access-control-request-headers" in headers:
        asked = headers["access-control-request-headers"]
        reply.headers.append(("access-control-allow-headers", asked))
    return reply


def allow_origin(call: Call, reply: Reply) -> None:
    """Add what a browser needs to a reply to a request that named its origin."""
    origin = call.headers.get("origin")
    if origin is None:
        return
    reply.headers.append(("access-control-allow-credentials", "true"))
    if "cookie" in call.headers:
        reply.headers += [("access-control-allow-origin", origin), ("vary", "Origin")]
    else:
        reply.headers.append(("access-control-allow-origin", "*"))
