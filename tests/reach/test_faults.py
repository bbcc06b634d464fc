"""Faults, as the real SDK has them, whichever way it gets to the fake."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import httpx2
import julep
import pytest
import trio

from pytest_julep_secrets import MockSecrets

# Made once: it is what takes the time where a client is made.
SSL = ssl.create_default_context()

STATUSES = {
    400: julep.BadRequestError,
    401: julep.AuthenticationError,
    403: julep.PermissionDeniedError,
    404: julep.NotFoundError,
    405: julep.APIStatusError,
    408: julep.APIStatusError,
    409: julep.ConflictError,
    422: julep.UnprocessableEntityError,
    429: julep.RateLimitError,
    500: julep.InternalServerError,
    502: julep.InternalServerError,
    503: julep.InternalServerError,
    504: julep.InternalServerError,
}


@dataclass
class Way:
    """One way for a client to get to a fake.

    Attributes:
        secrets: The fake.
        call: Calls a method of `client.secrets` with keyword arguments.
    """

    secrets: MockSecrets
    call: Callable[..., Any]


@pytest.fixture(autouse=True)
def no_sleep(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What was slept, without sleeping."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("time.sleep", slept.append)
    monkeypatch.setattr("anyio.sleep", sleep)
    return slept


def _sync(secrets: MockSecrets, build: Callable[[], julep.Julep]) -> Way:
    def call(method: str, **arguments: Any) -> Any:
        with build() as client:
            return getattr(client.secrets, method)(**arguments)

    return Way(secrets, call)


def _async(
    secrets: MockSecrets, build: Callable[[], julep.AsyncJulep], run: Callable[..., Any]
) -> Way:
    async def do(method: str, arguments: dict[str, Any]) -> Any:
        async with build() as client:
            return await getattr(client.secrets, method)(**arguments)

    return Way(secrets, lambda method, **arguments: run(do, method, arguments))


def _on_asyncio(do: Callable[..., Any], *arguments: Any) -> Any:
    return asyncio.run(do(*arguments))


def _client(secrets: MockSecrets, kind: Any, http: Any) -> Any:
    return kind(
        api_key=secrets.api_key,
        base_url="http://localhost:8080",
        http_client=http(transport=secrets.transport),
    )


@contextmanager
def _transport(secrets: MockSecrets) -> Iterator[Way]:
    yield _sync(secrets, lambda: _client(secrets, julep.Julep, httpx.Client))


@contextmanager
def _async_transport(secrets: MockSecrets) -> Iterator[Way]:
    def build() -> Any:
        return _client(secrets, julep.AsyncJulep, httpx.AsyncClient)

    yield _async(secrets, build, _on_asyncio)


@contextmanager
def _interception(secrets: MockSecrets) -> Iterator[Way]:
    def build() -> julep.Julep:
        return julep.Julep(http_client=httpx.Client(verify=SSL))

    with secrets:
        yield _sync(secrets, build)


@contextmanager
def _trio(secrets: MockSecrets) -> Iterator[Way]:
    def build() -> julep.AsyncJulep:
        return julep.AsyncJulep(http_client=httpx.AsyncClient(verify=SSL))

    with secrets:
        yield _async(secrets, build, trio.run)


@contextmanager
def _aiohttp(secrets: MockSecrets) -> Iterator[Way]:
    def build() -> julep.AsyncJulep:
        return julep.AsyncJulep(http_client=julep.DefaultAioHttpClient(verify=SSL))

    with secrets:
        yield _async(secrets, build, _on_asyncio)


@contextmanager
def _server(secrets: MockSecrets) -> Iterator[Way]:
    with secrets.serve() as server:
        yield _sync(
            secrets,
            lambda: julep.Julep(
                api_key=secrets.api_key,
                base_url=server.url,
                http_client=httpx.Client(trust_env=False, verify=SSL),
            ),
        )


IN_PROCESS = {
    "transport": _transport,
    "async transport": _async_transport,
    "interception": _interception,
    "interception of trio": _trio,
    "interception of aiohttp": _aiohttp,
}


@pytest.fixture(params=IN_PROCESS)
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    """Each way that does not leave this process."""
    with IN_PROCESS[request.param](MockSecrets({"old": "sk-fake-1"})) as way:
        yield way


@pytest.fixture(params=[*IN_PROCESS, "server"])
def any_way(request: pytest.FixtureRequest) -> Iterator[Way]:
    """Each way."""
    with {**IN_PROCESS, "server": _server}[request.param](MockSecrets()) as way:
        yield way


# --- statuses


def test_every_status_by_every_way(any_way: Way) -> None:
    for status, error in STATUSES.items():
        any_way.secrets.faults.add("create", status=status, times=None)

        with pytest.raises(error) as caught:
            any_way.call("create", name="new", value="sk-fake-2")

        assert type(caught.value) is error
        assert caught.value.status_code == status
        any_way.secrets.faults.clear()
        retried = status in (408, 409, 429) or status >= 500
        assert len(any_way.secrets.calls) == (6 if retried else 1)
        any_way.secrets.clear()
    assert "new" not in any_way.secrets


def test_retries_do_not_wait(any_way: Way, no_sleep: list[float]) -> None:
    any_way.secrets.faults.add("list", status=429, headers={"retry-after": "30"}, times=2)

    assert any_way.call("list") == []

    assert [call.status for call in any_way.secrets.calls] == [429, 429, 200]
    assert [seconds for seconds in no_sleep if seconds] == [0.001, 0.001]


def test_with_exact_headers_they_do(no_sleep: list[float]) -> None:
    with _interception(MockSecrets(exact_headers=True)) as way:
        way.secrets.faults.add("list", status=429, headers={"retry-after": "30"})
        way.secrets.faults.add("list", drop="before")
        way.call("list")

    asked, backed_off = (seconds for seconds in no_sleep if seconds)
    assert asked == 30
    assert backed_off > 0.5


def test_headers_get_to_the_client(any_way: Way) -> None:
    any_way.secrets.faults.add("list", status=403, headers={"X-Reason": "quota"})

    with pytest.raises(julep.PermissionDeniedError) as caught:
        any_way.call("list")

    assert caught.value.response.headers["x-reason"] == "quota"


# --- connections


def test_a_lost_response_ends_in_a_conflict_though_the_secret_is_there(way: Way) -> None:
    way.secrets.faults.add("create", drop="after")

    with pytest.raises(julep.ConflictError):
        way.call("create", name="new", value="sk-fake-2")

    assert way.secrets["new"] == "sk-fake-2"
    assert [call.status for call in way.secrets.calls] == [None, *[409] * 5]


def test_a_connection_dropped_before_costs_a_retry(way: Way, no_sleep: list[float]) -> None:
    way.secrets.faults.add("create", drop="before")

    way.call("create", name="new", value="sk-fake-2")

    assert [call.status for call in way.secrets.calls] == [None, 201]
    assert [seconds for seconds in no_sleep if seconds] == [0.001]


def test_an_answer_that_breaks_off_is_sent_for_again(any_way: Way) -> None:
    any_way.secrets.faults.add("list", drop="during")

    any_way.call("list")

    assert [call.status for call in any_way.secrets.calls] == [200, 200]


@pytest.mark.parametrize("drop", ["before", "during", "after"])
def test_over_the_server_connections_end_too(drop: Any) -> None:
    with _server(MockSecrets()) as way:
        way.secrets.faults.add("create", drop=drop, times=None)

        with pytest.raises(julep.APIConnectionError) as caught:
            way.call("create", name="new", value="sk-fake-2")

    assert isinstance(caught.value.__cause__, httpx.TransportError)


def test_a_drop_is_what_a_real_connection_raises() -> None:
    def told(client: httpx.Client, url: str, drop: Any) -> str:
        secrets.faults.add("list", drop=drop)
        with pytest.raises(httpx.RemoteProtocolError) as caught:
            client.get(f"{url}/secrets")
        return str(caught.value)

    secrets = MockSecrets()
    plain = httpx.Client(transport=secrets.transport)
    with secrets.serve() as server, httpx.Client(trust_env=False) as real, plain:
        for drop in ("before", "during", "after"):
            ours = told(plain, "http://localhost:8080", drop)
            assert ours == told(real, server.url, drop)


# --- time


def test_a_client_that_would_not_wait_gives_up_at_once(way: Way, no_sleep: list[float]) -> None:
    way.secrets.faults.add("create", delay_s=7)

    with pytest.raises(julep.ConflictError):
        way.call("create", name="new", value="sk-fake-2", timeout=5)

    assert "new" in way.secrets
    assert len(way.secrets.calls) == 6
    assert {seconds for seconds in no_sleep if seconds} == {0.001}


def test_time_outs_that_go_on_end_in_an_error(way: Way) -> None:
    way.secrets.faults.add("list", delay_s=7, times=None)

    with pytest.raises(julep.APITimeoutError):
        way.call("list", timeout=5)

    assert len(way.secrets.calls) == 6


def test_a_client_that_waits_gets_its_answer_late(way: Way, no_sleep: list[float]) -> None:
    way.secrets.faults.add("list", delay_s=7)

    assert len(way.call("list")) == 1

    assert [seconds for seconds in no_sleep if seconds] == [7]


def test_a_real_wait_can_be_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    async def impatient() -> None:
        with MockSecrets() as secrets:
            secrets.faults.add("list", delay_s=60)
            async with julep.AsyncJulep() as client:
                waiting = asyncio.create_task(client.secrets.list())
                while not secrets.calls:
                    await asyncio.sleep(0)
                waiting.cancel()
                await waiting

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(impatient())


# --- bodies


def test_bodies_that_are_no_json(any_way: Way) -> None:
    any_way.secrets.faults.add("create", body='{"id": "', name="cut")
    any_way.secrets.faults.add("list", body="<html>Log in</html>")

    with pytest.raises(ValueError, match="Unterminated string"):
        any_way.call("create", name="cut", value="sk-fake-2")
    answer = any_way.call("list")

    assert "cut" in any_way.secrets
    assert answer == "<html>Log in</html>"


# --- other libraries


def test_httpx2_has_its_own_exceptions() -> None:
    secrets = MockSecrets()
    secrets.faults.add("list", drop="before")
    secrets.faults.add("list", drop="during")
    secrets.faults.add("list", delay_s=2)
    raised = []
    transport: Any = secrets.transport
    with httpx2.Client(transport=transport, timeout=1) as client:
        for _ in range(3):
            with pytest.raises(httpx2.TransportError) as caught:
                client.get("http://localhost:8080/secrets")
            raised.append(type(caught.value).__name__)

    assert raised == ["RemoteProtocolError", "RemoteProtocolError", "ReadTimeout"]


def test_a_router_of_respx(respx_mock: Any, no_sleep: list[float]) -> None:
    secrets = MockSecrets()
    secrets.mount(respx_mock)
    plans: tuple[dict[str, Any], ...] = (
        {"status": 503},
        {"drop": "before"},
        {"drop": "during"},
        {"delay_s": 3},
    )
    for plan in plans:
        secrets.faults.add("list", **plan)

    assert julep.Julep(api_key="fake").secrets.list() == []

    assert [call.status for call in secrets.calls] == [503, None, 200, 200]
    assert 3 in no_sleep
