"""The fake as an httpx transport, and as one of httpx2, its successor.

Both libraries have the same shape and different classes, so there is one transport class for
each, made from one mixin.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import httpx

from pytest_julep_secrets.fake.call import Call, Reply

if TYPE_CHECKING:
    from types import ModuleType

Answer = Callable[[Call], Reply]


def to_call(request: Any, body: bytes, prefix: str = "") -> Call:
    """Turn a request of httpx or httpx2 into a call.

    Args:
        request: The request.
        body: Its body, read.
        prefix: What the gateway strips off the path, such as "/api".
    """
    url = request.url
    path, _, query = url.raw_path.partition(b"?")
    headers: dict[str, str] = {}
    for name, value in request.headers.raw:
        headers.setdefault(name.decode("ascii").lower(), value.decode("latin-1").strip(" \t"))
    return Call(
        request.method,
        unquote(path.decode("ascii")).removeprefix(prefix),
        query.decode("ascii"),
        headers,
        body,
        f"{url.scheme}://{headers.get('host') or url.netloc.decode('ascii')}{prefix}",
    )


class FakeTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers every request from a fake, sync and async.

    Args:
        answer: `FakeServer.answer`, or anything like it.
        prefix: What the gateway strips off the path, such as "/api".
    """

    def __init__(self, answer: Answer, prefix: str = "") -> None:
        self._answer = answer
        self._prefix = prefix

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of a sync client."""
        return self._respond(request, request.read())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of an async client."""
        return self._respond(request, await request.aread())

    def _respond(self, request: httpx.Request, body: bytes) -> httpx.Response:
        reply = self._answer(to_call(request, body, self._prefix))
        return httpx.Response(reply.status, headers=reply.headers, content=reply.body)
