"""A server that is busy for a while is waited for, and what was not answered is remembered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from pytest_julep_secrets.contract.patience import AsyncPatientClient, PatientClient, _seconds

PAUSES = (0.0, 0.0)


class Busy(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers one status after the other; an exception is raised."""

    def __init__(self, *answers: int | Exception, **headers: str) -> None:
        self.answers: Iterator[int | Exception] = iter(answers)
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.asked = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:  # noqa: ARG002
        self.asked += 1
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer, headers=self.headers)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


def ask(kind: str, transport: Busy, unanswered: set[object], method: str = "POST") -> int:
    if kind == "sync":
        with PatientClient(unanswered, PAUSES, transport=transport) as client:
            return client.request(method, "http://a.test/").status_code

    async def request() -> int:
        async with AsyncPatientClient(unanswered, PAUSES, transport=transport) as client:
            return (await client.request(method, "http://a.test/")).status_code

    return asyncio.run(request())


both = pytest.mark.parametrize("kind", ["sync", "async"])


@both
@pytest.mark.parametrize(
    ("answers", "last"),
    [((200,), 200), ((429, 503, 201), 201), ((429, 429, 429), 429), ((502, 200), 502)],
)
def test_it_asks_again_while_a_server_is_busy(
    kind: str, answers: tuple[int, ...], last: int
) -> None:
    transport, unanswered = Busy(*answers), set[object]()

    assert ask(kind, transport, unanswered) == last
    assert transport.asked == (1 if last == 502 else len(answers))
    assert unanswered == set()


@pytest.mark.parametrize(
    ("told", "asked"), [("0", 2), ("soon", 2), ("11", 1), ("9" * 5000, 1), ("²", 2)]
)
def test_a_server_that_wants_too_much_patience_is_given_up(told: str, asked: int) -> None:
    transport = Busy(429, 200)
    # Not ASCII, as a server may send it.
    transport.headers = {"Retry-After": told.encode()}  # type: ignore[dict-item]

    ask("sync", transport, set())

    assert transport.asked == asked


@pytest.mark.parametrize(("told", "seconds"), [("3", 3), ("10", 10), ("0", 0.5), ("", 0.5)])
def test_it_waits_as_long_as_it_is_told(told: str, seconds: float) -> None:
    response = httpx.Response(503, headers={"Retry-After": told})

    assert _seconds(response, 0.5) == seconds


@both
def test_a_create_that_was_not_answered_is_remembered(kind: str) -> None:
    unanswered: set[object] = set()

    for method in ("POST", "GET"):
        with pytest.raises(httpx.ReadTimeout):
            ask(kind, Busy(httpx.ReadTimeout("")), unanswered, method)

    assert len(unanswered) == 1
