"""Beside the mocks of others, and a real local server."""

from __future__ import annotations

import asyncio
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import httpx2
import julep
import pytest
import respx
import trio
from pytest_httpx import HTTPXMock

from pytest_julep_secrets import MockSecrets

AGENTS = "https://api.julep.ai/api/agents"
ROUTES = "POST /secrets, DELETE /secrets/{secret_id}, GET /secrets, PUT /secrets/{secret_id}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/redirect":
            self.send_response(302)
            self.send_header("location", "/secrets")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        for part in (b"real ", self.path.encode()):
            self.wfile.write(part)
            self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture(scope="module")
def local_server() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def use_the_fake(secrets: MockSecrets) -> None:
    julep.Julep().secrets.create(name="k", value="sk-fake-1")
    assert secrets["k"] == "sk-fake-1"


def test_after_respx(
    respx_mock: respx.MockRouter, mock_secrets: MockSecrets, local_server: str
) -> None:
    check_respx(respx_mock, mock_secrets, local_server)


def test_before_respx(
    mock_secrets: MockSecrets, respx_mock: respx.MockRouter, local_server: str
) -> None:
    check_respx(respx_mock, mock_secrets, local_server)


@pytest.mark.respx(using="httpx")
def test_after_respx_on_httpx(
    respx_mock: respx.MockRouter, mock_secrets: MockSecrets, local_server: str
) -> None:
    check_respx(respx_mock, mock_secrets, local_server)


@pytest.mark.respx(using="httpx")
def test_before_respx_on_httpx(
    mock_secrets: MockSecrets, respx_mock: respx.MockRouter, local_server: str
) -> None:
    check_respx(respx_mock, mock_secrets, local_server)


def check_respx(router: respx.MockRouter, secrets: MockSecrets, server: str) -> None:
    agents = router.get(AGENTS).respond(json={"items": []})
    router.route(host="127.0.0.1").pass_through()

    use_the_fake(secrets)

    assert list(julep.Julep().agents.list()) == []
    assert agents.call_count == 1
    assert httpx.get(f"{server}/x").text == "real /x"


@pytest.mark.respx(assert_all_called=False)
def test_a_route_of_the_users_for_secrets_is_below(
    respx_mock: respx.MockRouter, mock_secrets: MockSecrets
) -> None:
    mine = respx_mock.post("https://api.julep.ai/api/secrets").respond(500)

    use_the_fake(mock_secrets)

    assert not mine.called


@pytest.mark.usefixtures("respx_mock")
def test_what_respx_does_not_know_is_its_own_error(mock_secrets: MockSecrets) -> None:
    with pytest.raises(respx.models.AllMockedAssertionError):
        httpx.get(AGENTS)

    assert mock_secrets.calls == []


def check_httpx_mock(mock: HTTPXMock, secrets: MockSecrets) -> None:
    mock.add_response(url=AGENTS, json={"items": []})

    use_the_fake(secrets)

    assert list(julep.Julep().agents.list()) == []


def test_after_pytest_httpx(httpx_mock: HTTPXMock, mock_secrets: MockSecrets) -> None:
    check_httpx_mock(httpx_mock, mock_secrets)


def test_before_pytest_httpx(mock_secrets: MockSecrets, httpx_mock: HTTPXMock) -> None:
    check_httpx_mock(httpx_mock, mock_secrets)


def test_a_local_server_is_reached_streamed_and_redirected(
    mock_secrets: MockSecrets, local_server: str
) -> None:
    with httpx.stream("GET", f"{local_server}/stream") as reply:
        streamed = "".join(reply.iter_text())
    # Not a Julep SDK's user agent: the path alone makes no Julep API.
    redirected = httpx.get(f"{local_server}/redirect", follow_redirects=True).text

    assert (streamed, redirected) == ("real /stream", "real /secrets")
    assert mock_secrets.calls == []


def test_requests_of_any_client_for_a_julep_base(mock_secrets: MockSecrets) -> None:
    url = "https://api.julep.ai/api/secrets"

    made = httpx.post(url, json={"name": "k", "value": "sk-fake-1"})
    with httpx.Client() as client, client.stream("GET", url) as reply:
        listed = reply.read()

    assert made.status_code == 201
    assert b'"name":"k"' in listed
    assert [call.operation for call in mock_secrets.calls] == ["create", "list"]


def test_event_hooks_and_subclasses_see_the_fakes_reply(mock_secrets: MockSecrets) -> None:
    seen = []

    class Client(httpx.Client):
        pass

    with Client(event_hooks={"response": [lambda reply: seen.append(reply.status_code)]}) as client:
        julep.Julep(http_client=client).secrets.list()

    assert seen == [200]
    assert len(mock_secrets.calls) == 1


def test_httpx2(mock_secrets: MockSecrets, local_server: str) -> None:
    url = "https://api.julep.ai/api/secrets"

    async def send() -> list[int]:
        async with httpx2.AsyncClient() as client:
            made = await client.post(url, json={"name": "b", "value": "sk-fake-2"})
            passed = await client.get(f"{local_server}/x")
            return [made.status_code, passed.status_code]

    with httpx2.Client() as client:
        made = client.post(url, json={"name": "a", "value": "sk-fake-1"})
        passed = client.get(f"{local_server}/x")
        with client.stream("GET", url) as reply:
            listed = reply.read()

    assert isinstance(made, httpx2.Response)
    assert (made.status_code, passed.text) == (201, "real /x")
    assert b'"name":"a"' in listed
    assert asyncio.run(send()) == [201, 200]
    assert list(mock_secrets) == ["b", "a"]


# --- what nothing takes


def swallowing(call: Callable[[], object]) -> None:
    """Do as code under test often does."""
    with suppress(Exception):
        call()


def sync() -> None:
    swallowing(julep.Julep().agents.list)


def on_asyncio() -> None:
    swallowing(lambda: asyncio.run(list_agents(julep.AsyncJulep())))


def on_trio() -> None:
    swallowing(lambda: trio.run(list_agents, julep.AsyncJulep()))


def on_aiohttp() -> None:
    async def run() -> None:
        async with julep.AsyncJulep(http_client=julep.DefaultAioHttpClient()) as client:
            await list_agents(client)

    swallowing(lambda: asyncio.run(run()))


def on_httpx2() -> None:
    swallowing(lambda: httpx2.get(AGENTS))


async def list_agents(client: julep.AsyncJulep) -> None:
    await client.agents.list()


@pytest.mark.parametrize("call", [sync, on_asyncio, on_trio, on_aiohttp, on_httpx2])
def test_a_real_julep_host_is_refused_through_everything(
    mock_secrets: MockSecrets, call: Callable[[], None]
) -> None:
    with mock_secrets.expect_violation("hosts") as violation:
        call()

    first, second, place = str(violation.value).splitlines()
    assert first == f"'GET {AGENTS}' is not answered by anything in this test."
    assert ROUTES in second
    assert place.startswith("At tests/reach/test_coexistence.py:")
    assert mock_secrets.calls == []


def test_so_is_one_of_another_library(mock_secrets: MockSecrets) -> None:
    with mock_secrets.expect_violation("hosts") as violation:
        urllib.request.urlopen(AGENTS)

    assert "'api.julep.ai' is not answered" in str(violation.value)
    assert mock_secrets.calls == []


def test_the_transport_refuses_too(julep_client: julep.Julep, mock_secrets: MockSecrets) -> None:
    with mock_secrets.expect_violation("hosts") as violation:
        julep_client.agents.list()

    assert "'GET http://localhost:8080/agents' is not answered" in str(violation.value)


@pytest.mark.parametrize("secret_id", ["postgres://user:sk-fake-1@host/db", "a/sk-fake-1"])
def test_a_refusal_never_shows_what_may_be_a_value(
    mock_secrets: MockSecrets, secret_id: str
) -> None:
    client = julep.Julep(default_query={"q": "sk-fake-1"})

    with mock_secrets.expect_violation("hosts") as violation:
        client.secrets.delete(f"x/{secret_id}")

    assert "sk-fake-1" not in str(violation.value)
    assert mock_secrets.calls == []


def test_other_hosts_are_none_of_our_business(mock_secrets: MockSecrets) -> None:
    with pytest.raises(httpx.ConnectError):
        httpx.get("http://127.0.0.1:9/secrets")

    assert mock_secrets.calls == []
