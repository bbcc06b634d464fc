"""Clients of httpx and httpx2 that are not as simple as they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import httpx2
import julep
import pytest
import trio

from pytest_julep_secrets import MockSecrets
from reach.conftest import LocalServer

BASE = "https://api.julep.ai/api"
NEW = b'{"name": "new", "value": "sk-fake-2"}'

httpx_and_httpx2 = pytest.mark.parametrize("library", [httpx, httpx2])


@pytest.fixture
def secrets() -> Iterator[MockSecrets]:
    with MockSecrets({"old": "sk-fake-1"}) as fake:
        yield fake


@pytest.mark.parametrize(
    "url",
    [
        f"{BASE}/secrets",
        "https://api.julep.ai:443/api/secrets",
        "https://dev.julep.ai/api/secrets",
        "http://localhost/api/secrets",
        "http://localhost:8080/secrets",
        "https://set.example.com/gateway/secrets",
        "https://variable.example.com/api/secrets",
    ],
)
@httpx_and_httpx2
def test_a_known_base_is_reached_whoever_asks(
    url: str, library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An SDK's user agent decides only where the address does not."""
    monkeypatch.setenv("JULEP_BASE_URL", "https://variable.example.com/api/")

    with MockSecrets({"old": "sk-fake-1"}, base_urls=["https://set.example.com/gateway"]):
        reply = library.get(url)

    assert isinstance(reply, library.Response)
    assert [secret["name"] for secret in reply.json()] == ["old"]


def test_the_variable_counts_as_it_is_when_a_request_is_sent(
    secrets: MockSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JULEP_BASE_URL", "https://one.example.com")
    httpx.get("https://one.example.com/secrets")
    monkeypatch.setenv("JULEP_BASE_URL", "https://two.example.com/v1")
    httpx.get("https://two.example.com/v1/secrets")

    assert len(secrets.calls) == 2


# --- streams


@httpx_and_httpx2
def test_streamed_both_ways(library: Any, secrets: MockSecrets, local_server: LocalServer) -> None:
    def body() -> Iterator[bytes]:
        yield NEW[:10]
        yield NEW[10:]

    with library.Client() as client:
        made = client.post(f"{BASE}/secrets", content=body())
        with client.stream("GET", f"{BASE}/secrets") as reply:
            listed = b"".join(reply.iter_bytes())
        with client.stream("GET", f"{local_server.url}/lines") as passed:
            lines = list(passed.iter_lines())

    assert made.status_code == 201
    assert secrets["new"] == "sk-fake-2"
    assert listed.count(b'"value":"ENCRYPTED"') == 2
    assert lines == ["first", "second", "third"]
    assert local_server.requests == ["GET /lines"]


@pytest.mark.parametrize("run", [asyncio.run, lambda main: trio.run(lambda: main)])
@httpx_and_httpx2
def test_streamed_both_ways_async(
    library: Any, run: Callable[[Any], Any], secrets: MockSecrets, local_server: LocalServer
) -> None:
    async def body() -> AsyncIterator[bytes]:
        yield NEW[:10]
        yield NEW[10:]

    async def main() -> tuple[int, bytes, list[str]]:
        async with library.AsyncClient() as client:
            made = await client.post(f"{BASE}/secrets", content=body())
            async with client.stream("GET", f"{BASE}/secrets") as reply:
                listed = b"".join([part async for part in reply.aiter_bytes()])
            async with client.stream("GET", f"{local_server.url}/lines") as passed:
                lines = [line async for line in passed.aiter_lines()]
        return made.status_code, listed, lines

    status, listed, lines = run(main())

    assert status == 201
    assert secrets["new"] == "sk-fake-2"
    assert listed.count(b'"value":"ENCRYPTED"') == 2
    assert lines == ["first", "second", "third"]


# --- what users build


@httpx_and_httpx2
def test_event_hooks_see_the_request_and_the_reply(library: Any, secrets: MockSecrets) -> None:
    seen: list[str] = []
    hooks = {
        "request": [lambda request: seen.append(request.method)],
        "response": [lambda reply: seen.append(f"{reply.status_code} {reply.request.url}")],
    }

    with library.Client(event_hooks=hooks) as client:
        client.get(f"{BASE}/secrets")

    assert seen == ["GET", f"200 {BASE}/secrets"]
    assert len(secrets.calls) == 1


class Careful(httpx.Client):
    """Adds a header, as a subclass that signs requests does."""

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        request.headers["x-developer-id"] = "nobody"
        return super().send(request, **options)


def test_a_subclass_with_a_send_of_its_own(secrets: MockSecrets) -> None:
    with Careful() as client:
        reply = client.get(f"{BASE}/secrets")

    assert reply.json()["error"]["code"] == "invalid_developer_id"
    assert [call.status for call in secrets.calls] == [400]


class Signed(httpx.Request):
    """A request class of a user's."""


class Signed2(httpx2.Request):
    """The same of httpx2."""


@pytest.mark.parametrize(("library", "kind"), [(httpx, Signed), (httpx2, Signed2)])
def test_a_request_class_of_ones_own(library: Any, kind: Any, secrets: MockSecrets) -> None:
    with library.Client() as client:
        reply = client.send(kind("GET", f"{BASE}/secrets"))

    assert isinstance(reply, library.Response)
    assert len(secrets.calls) == 1


@httpx_and_httpx2
def test_a_mounted_transport_keeps_all_but_the_secrets(library: Any, secrets: MockSecrets) -> None:
    own = library.MockTransport(lambda _: library.Response(200, json="own"))

    with library.Client(mounts={"https://api.julep.ai": own}) as client:
        agents, listed = client.get(f"{BASE}/agents"), client.get(f"{BASE}/secrets")

    assert agents.json() == "own"
    assert [secret["name"] for secret in listed.json()] == ["old"]
    assert len(secrets.calls) == 1


def test_an_async_transport_of_ones_own_is_not_asked_for_secrets(secrets: MockSecrets) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(200, json={"items": []})

    async def use() -> None:
        http_client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        async with julep.AsyncJulep(http_client=http_client) as client:
            await client.secrets.list()
            await client.agents.list()

    asyncio.run(use())

    assert asked == ["/api/agents"]
    assert len(secrets.calls) == 1


def test_many_requests_at_once_of_one_client(secrets: MockSecrets) -> None:
    async def use() -> None:
        async with julep.AsyncJulep() as client:
            made = [client.secrets.create(name=f"k{i}", value="sk-fake-1") for i in range(20)]
            await asyncio.gather(*made)

    asyncio.run(use())

    assert len(secrets) == 21


# --- redirects


@httpx_and_httpx2
def test_a_redirect_from_a_real_server_to_the_fake(
    library: Any, secrets: MockSecrets, local_server: LocalServer
) -> None:
    url = f"{local_server.url}/to/{BASE}/secrets?limit=1"

    reply = library.get(url, follow_redirects=True)

    assert [str(reply.url), len(reply.json())] == [f"{BASE}/secrets?limit=1", 1]
    assert len(local_server.requests) == len(secrets.calls) == 1


@httpx_and_httpx2
def test_the_fakes_own_redirect_leads_back_to_it(library: Any, secrets: MockSecrets) -> None:
    reply = library.post(f"{BASE}/secrets/", content=NEW, follow_redirects=True)

    assert [str(reply.url), reply.status_code] == [f"{BASE}/secrets", 201]
    assert [call.status for call in secrets.calls] == [307, 201]
