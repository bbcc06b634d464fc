"""Chooses where requests of any client of httpx or httpx2 in this process go.

`Client.send` and `AsyncClient.send` are patched: the patch lets each client choose the fake's
transport for the URLs the fake owns, and leaves everything else to what is below (respx,
pytest-httpx, a local server). It stands above the mocks of others whichever started first, and
there is nothing to undo in a certain order per test.

What is left to the library's own way to the network is asked about before a name is looked up,
or a proxy does that.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from contextvars import ContextVar
from functools import partial
from typing import Any, Final, Protocol

from pytest_julep_secrets.guards.hosts import describe
from pytest_julep_secrets.reach.patch import Undo, replace

Check = Callable[[str, int | None, str], None]


class Fake(Protocol):
    """Takes requests."""

    def take(self, url: Any, request: Any, below: Any) -> Any:
        """Return the transport for a request, or None to leave it to the one below.

        Args:
            url: Where the request goes now; redirects and log-ins change it.
            request: As it was sent first.
            below: The transport that it would go to.
        """


# The innermost last. Process-wide on purpose: clients in threads, and those built at import,
# are reached too.
fakes: Final[list[Fake]] = []

# What is being sent, for the client to choose a transport by.
_sending: Final[ContextVar[Any]] = ContextVar("julep_secrets_sending", default=None)


def patch(library: Any, check: Check) -> list[Undo]:
    """Let clients choose.

    Args:
        library: The module `httpx` or `httpx2`.
        check: Called with a host, a port and a description; raises to refuse it.
    """
    return [
        replace(library.Client, "send", partial(_send, check)),
        replace(library.AsyncClient, "send", partial(_send_async, check)),
    ]


def _send(check: Check, original: Any) -> Any:
    def send(client: Any, request: Any, **options: Any) -> Any:
        _let_choose(client, check)
        token = _sending.set(request)
        try:
            return original(client, request, **options)
        finally:
            _sending.reset(token)

    return send


def _send_async(check: Check, original: Any) -> Any:
    async def send(client: Any, request: Any, **options: Any) -> Any:
        _let_choose(client, check)
        token = _sending.set(request)
        try:
            return await original(client, request, **options)
        finally:
            _sending.reset(token)

    return send


def _let_choose(client: Any, check: Check) -> None:
    """Shadow the client's method that picks a transport for a URL.

    On the instance, so that it stands above a patch of the class (respx) whenever that was
    made. `_transport_for_url` is private to httpx, and the same in every version since 0.18
    and in httpx2; respx relies on it too. A test fails when it is gone.
    """
    if "_transport_for_url" in client.__dict__:
        return
    own: Callable[[], Any] = weakref.ref(client)

    def choose(url: Any) -> Any:
        this = own()
        below = type(this)._transport_for_url(this, url)  # noqa: SLF001 - see above
        request = _sending.get()
        if request is None:
            return below
        taken = fakes[-1].take(url, request, below) if fakes else None
        if taken is None and _leads_out(below):
            check(url.host, url.port, describe_request(request, url))
        return taken or below

    client._transport_for_url = choose  # noqa: SLF001 - see above


def describe_request(request: Any, url: Any) -> str:
    """Describe a request where it goes now; a redirect or a log-in may have another method."""
    method = request.method if url == request.url else ""
    return describe(method, url.scheme, url.netloc.decode(), url.path)


def _leads_out(transport: Any) -> bool:
    """Tell whether a transport is the library's own way to the network, which nobody has mocked.

    A socket of this machine's is none.
    """
    pool = getattr(transport, "_pool", None)
    outside = getattr(pool, "_uds", None) is None
    return outside and all(map(_is_of_the_library, (transport, pool)))


def _is_of_the_library(layer: Any) -> bool:
    kind = type(layer)
    method = getattr(kind, "handle_request", None) or getattr(kind, "handle_async_request", None)
    # Not `__module__`: a mock's function may wear that of the one it stands for.
    home = getattr(method, "__globals__", {}).get("__name__", "")
    return home.partition(".")[0] in {"httpx", "httpx2", "httpcore", "httpcore2"}
