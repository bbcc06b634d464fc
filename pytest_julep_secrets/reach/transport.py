"""The fake as a transport for clients of httpx, and of httpx2, its successor.

The two libraries have the same shape, so one transport serves both; it answers with the
response class of the library that the request came from.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any, NoReturn

import httpx

from pytest_julep_secrets import sdk
from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.reach import delivery
from pytest_julep_secrets.reach.wire import read_call, read_headers

Answer = Callable[[Call], Reply]


class FakeTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers every request from a fake, for sync and async clients.

    Args:
        answer: `FakeServer.answer`, or anything like it.
        prefix: What the gateway strips off the path, such as "/api".
    """

    def __init__(self, answer: Answer, prefix: str = "") -> None:
        self._answer = answer
        self._prefix = prefix

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of a sync client."""
        reply = self._reply(request, request.read())
        if reply.delivery is not None:
            delivery.wait(library_of(request), request, reply.delivery)
        return to_response(request, reply)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of an async client."""
        reply = self._reply(request, await request.aread())
        if reply.delivery is not None:
            await delivery.wait_async(library_of(request), request, reply.delivery)
        return to_response(request, reply)

    def prefix_of(self, request: httpx.Request) -> str:  # noqa: ARG002 - for subclasses
        """Return what the gateway strips off this request's path."""
        return self._prefix

    def _reply(self, request: httpx.Request, body: bytes) -> Reply:
        return self._answer(to_call(request, body, self.prefix_of(request)))


class GatewayTransport(FakeTransport):
    """Stands for a whole Julep API of which only the secrets are there.

    Args:
        answer: As above.
        bases: Gives the known bases, of which each has its own prefix.
        refuse: Called with a request for anything else; raises.
    """

    def __init__(
        self,
        answer: Answer,
        bases: Callable[[], Iterable[sdk.Base]],
        refuse: Callable[[httpx.Request], NoReturn],
    ) -> None:
        super().__init__(answer)
        self._bases = bases
        self._refuse = refuse

    def prefix_of(self, request: httpx.Request) -> str:
        """Return the prefix of the base this request is for, or refuse it."""
        prefix = owned_prefix(request.url, request, self._bases())
        if prefix is None:
            self._refuse(request)
        return prefix


def library_of(request: Any) -> ModuleType:
    """Return httpx or httpx2, whichever a request is of."""
    # Whoever sends one of httpx2's has loaded it.
    return httpx if isinstance(request, httpx.Request) else sys.modules["httpx2"]


def to_response(request: httpx.Request, reply: Reply) -> httpx.Response:
    """Turn a reply into a response.

    Raises:
        httpx.RemoteProtocolError: If a fault drops the connection.
    """
    library = library_of(request)
    body: dict[str, Any] = {"content": reply.body}
    if reply.delivery is not None:
        body = delivery.content(library, reply)
    response: httpx.Response = library.Response(reply.status, headers=reply.headers, **body)
    return response


def owned_prefix(url: httpx.URL, request: httpx.Request, bases: Iterable[sdk.Base]) -> str | None:
    """Return the prefix in front of `/secrets`; None if a request is not the fake's.

    Args:
        url: Where the request goes now; redirects change it.
        request: As it was sent first.
        bases: The known bases.
    """
    path = url.raw_path.partition(b"?")[0].decode("ascii")
    port = url.port or sdk.DEFAULT_PORTS.get(url.scheme, 0)
    place = sdk.Base(url.scheme, url.host, port, path)
    return sdk.secrets_prefix(place, bases, request.headers.get("user-agent", ""))


def to_call(request: httpx.Request, body: bytes, prefix: str = "") -> Call:
    """Turn a request into a call.

    Args:
        request: Of httpx or httpx2.
        body: Its body, read.
        prefix: What the gateway strips off the path.
    """
    url = request.url
    target = url.raw_path.decode("ascii")
    headers = read_headers(request.headers.raw)
    return read_call(request.method, target, headers, body, scheme=url.scheme, prefix=prefix)
