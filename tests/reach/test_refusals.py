"""What is bound for a real Julep host and taken by nothing stops the test: at its first request,
before any name is looked up, whatever sends it and whatever catches exceptions."""

from __future__ import annotations

import _socket
import asyncio
import socket
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import aiohttp
import httpx
import httpx2
import julep
import pytest
import trio

from pytest_julep_secrets import MockSecrets

AGENTS = "https://api.julep.ai/api/agents"
ROUTES = (
    "POST /secrets",
    "GET /secrets",
    "PUT /secrets/{secret_id}",
    "DELETE /secrets/{secret_id}",
)

Sent = list[httpx.Request]


def sync(url: str, sent: Sent) -> None:
    hooks = {"request": [sent.append]}
    with julep.Julep(api_key="k", http_client=httpx.Client(event_hooks=hooks)) as client:
        client.get(url, cast_to=object)


async def _async(url: str, sent: Sent, kind: Callable[..., Any]) -> None:
    async def count(request: httpx.Request) -> None:
        sent.append(request)

    http_client = kind(event_hooks={"request": [count]})
    async with julep.AsyncJulep(api_key="k", http_client=http_client) as client:
        await client.get(url, cast_to=object)


def on_asyncio(url: str, sent: Sent) -> None:
    asyncio.run(_async(url, sent, httpx.AsyncClient))


def on_trio(url: str, sent: Sent) -> None:
    trio.run(_async, url, sent, httpx.AsyncClient)


def on_aiohttp(url: str, sent: Sent) -> None:
    asyncio.run(_async(url, sent, julep.DefaultAioHttpClient))


def by_httpx2(url: str, sent: Sent) -> None:
    hooks: Any = {"request": [sent.append]}
    with httpx2.Client(event_hooks=hooks) as client:
        client.get(url)


CLIENTS = [sync, on_asyncio, on_trio, on_aiohttp, by_httpx2]


@pytest.mark.parametrize("client", CLIENTS)
def test_one_request_and_no_look_up(
    client: Callable[[str, Sent], None], looked_up: list[str], secrets: MockSecrets
) -> None:
    sent: Sent = []

    with secrets.expect_violation("hosts") as caught, suppress(Exception):
        client(AGENTS, sent)

    first, second, place = str(caught.value).splitlines()
    assert caught.value.check == "hosts"
    assert first == f"'GET {AGENTS}' is not answered by anything in this test."
    assert all(route in second for route in ROUTES)
    assert place.startswith("At tests/reach/test_refusals.py:")
    assert [str(request.url) for request in sent] == [AGENTS]
    assert looked_up == []
    assert secrets.calls == []


def by_urllib(url: str) -> None:
    urllib.request.urlopen(url)  # noqa: S310 - never opened


def by_aiohttp_itself(url: str) -> None:
    async def main() -> None:
        async with aiohttp.ClientSession() as session:
            await session.get(url)

    asyncio.run(main())


@pytest.mark.parametrize(
    ("get", "what"),
    [(by_urllib, "A request to 'api.julep.ai'"), (by_aiohttp_itself, f"'GET {AGENTS}'")],
)
def test_other_libraries_are_stopped_too(
    get: Callable[[str], None], what: str, looked_up: list[str], secrets: MockSecrets
) -> None:
    with secrets.expect_violation("hosts") as caught, suppress(Exception):
        get(AGENTS)

    assert str(caught.value).startswith(f"{what} is not answered by anything in this test.\n")
    assert looked_up == []


@pytest.mark.parametrize("way", ["connect", "connect_ex", "sendto"])
def test_so_is_a_socket_that_looks_the_name_up_by_itself(way: str, secrets: MockSecrets) -> None:
    """In C, where no resolver of Python's could be counted."""
    kind = socket.SOCK_DGRAM if way == "sendto" else socket.SOCK_STREAM
    data = [b"data"] if way == "sendto" else []

    with socket.socket(type=kind) as sock, secrets.expect_violation("hosts"):
        getattr(sock, way)(*data, ("api.julep.ai", 443))


LOOK_UPS: list[Callable[[Any], object]] = [
    lambda host: socket.getaddrinfo(host, 443),
    lambda host: socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM),
    lambda host: socket.gethostbyname(str(host)),
    lambda host: socket.gethostbyname_ex(str(host)),
    lambda host: _socket.getaddrinfo(host, 443),
    lambda host: socket.gethostbyaddr(str(host)),
    lambda host: socket.create_connection((host, 443)),
]
NAMES = [
    "getaddrinfo", "with type=", "gethostbyname", "gethostbyname_ex", "raw", "gethostbyaddr",
    "connection",
]  # fmt: skip


@pytest.mark.parametrize("look_up", LOOK_UPS, ids=NAMES)
@pytest.mark.parametrize(
    "host", ["julep.ai", "api.julep.ai", "API.Julep.AI", "api.julep.ai.", "a.b.julep.ai"]
)
def test_every_look_up_of_a_julep_host_is_refused(
    look_up: Callable[[Any], object], host: str, looked_up: list[str], secrets: MockSecrets
) -> None:
    with secrets.expect_violation("hosts"):
        look_up(host)

    assert looked_up == []


def test_so_is_one_of_bytes(looked_up: list[str], secrets: MockSecrets) -> None:
    with secrets.expect_violation("hosts"):
        socket.getaddrinfo(b"api.julep.ai", 443)

    assert looked_up == []


@pytest.mark.parametrize("look_up", LOOK_UPS, ids=NAMES)
@pytest.mark.parametrize("host", ["example.com", "notjulep.ai", "julep.ai.example.com", "julep"])
@pytest.mark.usefixtures("secrets")
def test_other_hosts_are_looked_up(
    look_up: Callable[[Any], object], host: str, looked_up: list[str]
) -> None:
    with pytest.raises(socket.gaierror):
        look_up(host)

    assert looked_up == [host]


@pytest.mark.parametrize("look_up", LOOK_UPS, ids=NAMES)
@pytest.mark.usefixtures("outside_of_pytest")
def test_outside_of_pytest_nothing_is_refused_without_an_active_fake(
    look_up: Callable[[Any], object], request: pytest.FixtureRequest
) -> None:
    looked_up = request.getfixturevalue("looked_up")
    with MockSecrets():
        pass

    with pytest.raises(socket.gaierror):
        look_up("api.julep.ai")

    assert looked_up == ["api.julep.ai"]


# --- near misses


@pytest.mark.parametrize(
    "path",
    [
        "/agents/secrets",
        "/agents/secrets/a",
        "/agents/0195a000-0000-7000-8000-00000000000a/secrets",
        "/secrets/a/b",
        "/secretsx",
        "/Secrets",
    ],
)
def test_only_secrets_directly_under_a_known_base_are_taken(
    path: str, secrets: MockSecrets
) -> None:
    """Where the base is known, the SDK's user agent adds nothing to it."""
    with secrets.expect_violation("hosts"):
        julep.Julep().get(path, cast_to=object)

    assert secrets.calls == []


def test_a_julep_host_without_its_prefix_is_refused(secrets: MockSecrets) -> None:
    with secrets.expect_violation("hosts"):
        httpx.get("https://api.julep.ai/secrets")

    assert secrets.calls == []
