"""Requests of aiohttp that do not look their host up where a patch could see it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver

from pytest_julep_secrets import MockSecrets
from reach.conftest import LocalServer


class LedHere(AbstractResolver):
    """The way of a user to let a local server stand for a host."""

    async def resolve(self, host: str, port: int = 0, family: Any = socket.AF_INET) -> list[Any]:
        entry = {"hostname": host, "host": "127.0.0.1", "port": port, "family": family}
        return [entry | {"proto": 0, "flags": socket.AI_NUMERICHOST}]

    async def close(self) -> None:
        """There is nothing to close."""


def get(url: str, connector: Callable[[], aiohttp.BaseConnector]) -> int:
    async def main() -> int:
        session = aiohttp.ClientSession(connector=connector())
        async with session, session.get(url) as response:
            return response.status

    return asyncio.run(main())


def test_a_resolver_of_the_users_is_asked(local_server: LocalServer) -> None:
    url = f"http://api.julep.ai:{local_server.server_port}/api/agents"

    status = get(url, lambda: aiohttp.TCPConnector(resolver=LedHere()))

    assert status == 200
    assert local_server.requests == ["GET /api/agents"]


def test_one_of_aiohttps_own_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """With aiodns it looks names up in C."""
    asked: list[str] = []

    async def resolve(_self: object, host: str, *_: object, **__: object) -> list[Any]:
        asked.append(host)
        raise OSError(host)

    monkeypatch.setattr(aiohttp.ThreadedResolver, "resolve", resolve)

    with MockSecrets().expect_violation("hosts") as violation:
        get("https://api.julep.ai/api/agents", aiohttp.TCPConnector)

    assert "'GET https://api.julep.ai/api/agents' is not" in str(violation.value)
    assert asked == []
