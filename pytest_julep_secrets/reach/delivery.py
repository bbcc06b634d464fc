"""Replies that do not arrive whole and at once, as a client of httpx or httpx2 has them.

What a client raises, and says, is what it does with a real connection.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

from pytest_julep_secrets.fake.call import Delivery, Reply

# An exception with this attribute is of a fault, and whoever sends the request again need not wait.
HURRIES: Final = "julep_secrets_hurries"


def wait(library: Any, request: Any, how: Delivery) -> None:
    """Wait for a reply, as long as it takes.

    Args:
        library: The module `httpx` or `httpx2`.
        request: One of its requests.
        how: The reply travels.

    Raises:
        httpx.ReadTimeout: At once, if the client would not wait as long.
    """
    _give_up(library, request, how)
    time.sleep(how.delay_s)


async def wait_async(library: Any, request: Any, how: Delivery) -> None:
    """Do the same in asyncio or trio."""
    from pytest_julep_secrets.reach import anyio  # noqa: PLC0415 - faults with a delay are rare

    _give_up(library, request, how)
    await anyio.sleep(how.delay_s)


def content(library: Any, reply: Reply) -> dict[str, Any]:
    """Return the arguments of a response that are about its body.

    Raises:
        httpx.RemoteProtocolError: If there is no response.
    """
    how = reply.delivery
    if how is not None and how.drops:
        text = "Server disconnected without sending a response."
        raise _marked(library.RemoteProtocolError(text), how)
    if how is None or how.cut_at is None:
        return {"content": reply.body}
    received, expected = how.cut_at, len(reply.body)
    text = (
        "peer closed connection without sending complete message body "
        f"(received {received} bytes, expected {expected})"
    )
    error = _marked(library.RemoteProtocolError(text), how)
    return {"stream": _broken(library, reply.body[:received], error)}


def _give_up(library: Any, request: Any, how: Delivery) -> None:
    patience = (request.extensions.get("timeout") or {}).get("read")
    if patience is not None and how.delay_s > patience:
        raise _marked(library.ReadTimeout("The read operation timed out"), how)


def _marked(error: Any, how: Delivery) -> Any:
    setattr(error, HURRIES, not how.retries_wait)
    return error


def _broken(library: Any, sent: bytes, error: Exception) -> Any:
    """Make a stream that breaks off, for sync and async clients of a library."""

    class Broken(library.SyncByteStream, library.AsyncByteStream):  # type: ignore[misc]
        def __iter__(self) -> Iterator[bytes]:
            yield sent
            raise error

        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield sent
            raise error

    return Broken()
