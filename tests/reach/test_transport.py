"""Requests into calls, replies into responses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import julep
import pytest

from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.reach.transport import FakeTransport, to_call


def test_a_request_as_a_server_sees_it() -> None:
    request = httpx.Request(
        "PUT",
        "http://h:81/api/secrets/%C3%A9%2F?a=%20&b",
        headers=[(b"X-A", b" one "), (b"x-a", b"two"), (b"X-Latin", b"\xe9")],
    )

    call = to_call(request, b"body", "/api")

    assert (call.method, call.path, call.query) == ("PUT", "/secrets/é/", "a=%20&b")
    assert (call.headers["x-a"], call.headers["x-latin"]) == ("one", "é")
    assert (call.body, call.origin) == (b"body", "http://h:81/api")


def echo(call: Call) -> Reply:
    return Reply(201, [("x-path", call.path), ("x-n", "1"), ("x-n", "2")], call.body)


def test_a_reply_as_a_response() -> None:
    with httpx.Client(transport=FakeTransport(echo)) as client:
        response = client.post("http://h/a?b", content=b"c")

    assert (response.status_code, response.content) == (201, b"c")
    assert response.headers["x-path"] == "/a"
    assert response.headers.get_list("x-n") == ["1", "2"]


def test_streamed_bodies() -> None:
    def parts() -> Iterator[bytes]:
        yield b"a"
        yield b"b"

    async def async_parts() -> AsyncIterator[bytes]:
        yield b"c"
        yield b"d"

    async def send() -> bytes:
        async with httpx.AsyncClient(transport=FakeTransport(echo)) as client:
            return (await client.post("http://h/", content=async_parts())).content

    with httpx.Client(transport=FakeTransport(echo)) as client:
        assert client.post("http://h/", content=parts()).content == b"ab"
    assert asyncio.run(send()) == b"cd"


@pytest.mark.parametrize("environment", ["production", "dev", "local", "local_multi_tenant"])
def test_the_transport_of_mock_secrets_strips_what_the_gateway_strips(environment: str) -> None:
    secrets = MockSecrets({"a": "v"})
    http_client = httpx.Client(transport=secrets.transport)

    client = julep.Julep(
        api_key="k",
        environment=environment,  # type: ignore[arg-type]
        http_client=http_client,
    )

    assert [secret.name for secret in client.secrets.list()] == ["a"]


def test_a_redirect_of_the_server_leads_back_to_it() -> None:
    secrets = MockSecrets({"a": "v"})

    with httpx.Client(transport=secrets.transport, follow_redirects=True) as client:
        reply = client.get("https://api.julep.ai/api/secrets/?limit=1")

    assert str(reply.url) == "https://api.julep.ai/api/secrets?limit=1"
    assert len(reply.json()) == 1


def test_interception_leaves_a_client_on_another_fakes_transport_alone() -> None:
    other = MockSecrets({"other": "v"})
    client = julep.Julep(api_key="k", http_client=httpx.Client(transport=other.transport))

    with MockSecrets():
        assert [secret.name for secret in client.secrets.list()] == ["other"]
