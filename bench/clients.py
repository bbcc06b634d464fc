"""The SDK's client on the fake, both ways, and on a transport that knows one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import httpx
from julep import Julep

from bench.timing import Setting, always
from pytest_julep_secrets import MockSecrets

_KEY = "fake-julep-api-key"
_LOCAL = "http://localhost:8080"

# An operation: a client in, the call to measure out.
Operation = Callable[[Julep], Callable[[], object]]


class Canned(httpx.BaseTransport):
    """Answers every request with the same bytes."""

    def __init__(self, answer: httpx.Response) -> None:
        self._status = answer.status_code
        self._headers = answer.headers.raw
        self._content = answer.content

    def handle_request(self, request: httpx.Request) -> httpx.Response:  # noqa: ARG002
        """Return a response; a client uses one up, so it is a new one each time."""
        return httpx.Response(self._status, headers=self._headers, content=self._content)


def seeded(number: int) -> MockSecrets:
    """Return a fake with so many secrets."""
    return MockSecrets({f"seeded_{place}": "sk-fake-1f9c27d4" for place in range(number)})


def listing(client: Julep) -> Callable[[], object]:
    """List all secrets."""
    return client.secrets.list


def creating(client: Julep) -> Callable[[], object]:
    """Create one secret after the other."""
    names = count()
    return lambda: client.secrets.create(name=f"secret_{next(names)}", value="sk-fake-1f9c27d4")


def on_transport(operation: Operation, number: int) -> Setting:
    """Measure on the fake's transport, as `julep_client` has it."""
    call = _warm(operation(_client(seeded(number).transport, _LOCAL)))
    return always(call)


def intercepted(operation: Operation, number: int) -> Setting:
    """Measure an everyday client, led to the fake."""
    fake = seeded(number)
    with fake:
        call = _warm(operation(Julep(api_key=_KEY, max_retries=0)))

    @contextmanager
    def setting() -> Iterator[Callable[[], object]]:
        with fake:
            yield call

    return setting


def canned(operation: Operation, number: int, base_url: str = _LOCAL) -> Setting:
    """Measure with an answer of the fake's that was kept."""
    answers: list[httpx.Response] = []

    def keep(response: httpx.Response) -> None:
        answers.append(response)

    http_client = httpx.Client(transport=seeded(number).transport, event_hooks={"response": [keep]})
    operation(Julep(api_key=_KEY, base_url=_LOCAL, http_client=http_client))()
    call = _warm(operation(_client(Canned(answers[0]), base_url)))
    return always(call)


def _warm(call: Callable[[], object]) -> Callable[[], object]:
    # A client's first call sets things up.
    call()
    return call


def _client(transport: httpx.BaseTransport, base_url: str) -> Julep:
    http_client = httpx.Client(transport=transport)
    return Julep(api_key=_KEY, base_url=base_url, http_client=http_client, max_retries=0)
