"""Short ways to ask a fake."""

from __future__ import annotations

import json
from typing import Any

from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call, Reply

UNKNOWN_ID = "0195a000-1111-7222-8333-444455556666"


def ask(
    server: FakeServer,
    request: str,
    content: object = None,
    *,
    query: str = "",
    headers: dict[str, str] | None = None,
) -> Reply:
    """Send `"POST /secrets"` with a JSON value, or with raw bytes."""
    method, _, path = request.partition(" ")
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    body = b"" if content is None else raw
    return server.answer(Call(method, path, query, headers or {}, body))


def parsed(reply: Reply) -> Any:
    """The JSON of a reply."""
    return json.loads(reply.body)


def create(server: FakeServer, name: str = "k", **fields: object) -> Any:
    """Create a secret and return what the API shows of it."""
    reply = ask(server, "POST /secrets", {"name": name, "value": "sk-fake-1", **fields})
    assert reply.status == 201
    return parsed(reply)


def names(server: FakeServer, query: str = "", headers: dict[str, str] | None = None) -> list[str]:
    """The names a list shows."""
    return [
        secret["name"]
        for secret in parsed(ask(server, "GET /secrets", query=query, headers=headers))
    ]


def message(reply: Reply) -> str:
    """What an error says, without what varies."""
    content = parsed(reply)
    if "detail" in content:
        return str(content["detail"])
    error = content["error"]
    details = [f"{detail['type']} {detail['loc']}" for detail in error.get("details", [])]
    return ", ".join(details) or str(error["message"])
