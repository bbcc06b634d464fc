"""Behind a proxy it is the proxy that looks names up; a Julep host is refused all the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import httpx
import httpx2
import pytest
import trio

from pytest_julep_secrets import MockSecrets
from reach.conftest import LocalServer

BASE = "https://api.julep.ai/api"


async def get_async(url: str) -> int:
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).status_code


def on_asyncio(url: str) -> int:
    return asyncio.run(get_async(url))


def on_trio(url: str) -> int:
    return trio.run(get_async, url)


def sync(url: str) -> int:
    return httpx.get(url).status_code


def by_httpx2(url: str) -> int:
    return httpx2.get(url).status_code


every_client = pytest.mark.parametrize("get", [sync, on_asyncio, on_trio, by_httpx2])


@pytest.fixture(params=["HTTPS_PROXY", "ALL_PROXY"])
def proxy(
    request: pytest.FixtureRequest, local_server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> LocalServer:
    monkeypatch.setenv(request.param, local_server.url)
    return local_server


@every_client
def test_the_fake_is_reached(
    get: Callable[[str], int], proxy: LocalServer, mock_secrets: MockSecrets
) -> None:
    assert get(f"{BASE}/secrets") == 200
    assert len(mock_secrets.calls) == 1
    assert proxy.requests == []


@every_client
def test_what_nothing_takes_is_refused_before_the_proxy_is_asked(
    get: Callable[[str], int], proxy: LocalServer, mock_secrets: MockSecrets
) -> None:
    expected = mock_secrets.expect_violation("hosts")
    with expected, suppress(httpx.ProxyError, httpx2.ProxyError):
        get(f"{BASE}/agents")

    assert proxy.requests == []
