"""What the documented calls ask of a fake, and no server does: a value, given back or kept.

Only where the documentation was opted into does anybody ask.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from pytest_julep_secrets.documented import GET, HEADER, KEEP, name_in
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.fake.rules import replies, routes
from pytest_julep_secrets.fake.store import Store


def granting(server: FakeServer) -> Callable[[Call], Reply]:
    """Return what answers as a server does, and grants what a documented call asks for.

    Args:
        server: What answers.

    Source:
        The documentation of the Python SDK: the value of a secret is given back where it is asked
        for by name, and kept where an update has none. The API does neither.
    """

    def answer(call: Call) -> Reply:
        wish = call.headers.get(HEADER, "")
        if not wish:
            return server.answer(call)
        if wish == KEEP:
            call = _with_value(call, server.store)
        reply = server.answer(call)
        if wish.startswith(f"{GET} "):
            _give_value(reply, name_in(call.headers), server.store)
        return reply

    return answer


def _with_value(call: Call, store: Store) -> Call:
    """Put the value that a secret has into an update without one."""
    _, secret_id = routes.match(call.path) or ("", "")
    fields = _parsed(call.body)
    if not isinstance(fields, dict) or "value" in fields:
        return call
    secret = store.of_anyone(secret_id)
    # Of a secret that is gone the server says so, if only there is a value.
    fields["value"] = "" if secret is None else secret.value
    return replace(call, body=replies.dumps(fields).encode("utf-8", "surrogatepass"))


def _give_value(reply: Reply, name: str, store: Store) -> None:
    """Put the value of a secret into the list that it is in."""
    found = _parsed(reply.body)
    # A fault may have put anything in its place.
    if reply.status != 200 or not isinstance(found, list):
        return
    for shown in found:
        if isinstance(shown, dict) and shown.get("name") == name:
            secret = store.of_anyone(str(shown.get("id")))
            if secret is not None:
                shown["value"] = secret.value
    reply.body = replies.dumps(found).encode()
    length = ("content-length", str(len(reply.body)))
    reply.headers = [length if header[0] == length[0] else header for header in reply.headers]


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
