"""Leads requests of any httpx client in this process to the innermost active fake.

`Client.send` and `AsyncClient.send` are patched once, when first needed, and stay so: the patch
lets each client choose the fake's transport for the URLs the fake owns, and leaves everything
else to what is below (respx, pytest-httpx, a local server). It stands above the mocks of
others whichever started first, and there is nothing to undo in a certain order per test.

What nothing below takes, and is bound for a real Julep host, is refused before its name is
looked up.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, NoReturn

from pytest_julep_secrets import sdk
from pytest_julep_secrets.errors import Violation
from pytest_julep_secrets.fake.rules import routes
from pytest_julep_secrets.guards.place import user_line
from pytest_julep_secrets.reach import lookups
from pytest_julep_secrets.reach.transport import Answer, FakeTransport, owned_prefix

Violate = Callable[[str, str], Violation]


class Target:
    """A fake that requests are led to.

    Args:
        answer: `FakeServer.answer`.
        base_urls: Bases beside the SDK's own and `JULEP_BASE_URL`.
        violate: Makes the exception that stops a test, from a check and a message.
        redact: Returns a text without values.

    Attributes:
        takes_requests: False leaves them to the mocks below; the refusal of real hosts stays.
        violate: As above.
        redact: As above.
    """

    def __init__(
        self,
        answer: Answer,
        base_urls: tuple[str, ...] = (),
        violate: Violate = Violation,
        redact: Callable[[str], str] = str,
    ) -> None:
        self.takes_requests = True
        self.violate = violate
        self.redact = redact
        self._answer = answer
        self._bases = (*map(sdk.base_of, base_urls), *sdk.KNOWN_BASES)
        self._transports: dict[str, FakeTransport] = {}

    def bases(self) -> Iterator[sdk.Base]:
        """Give every known base; `JULEP_BASE_URL` as it is now."""
        url = os.environ.get("JULEP_BASE_URL")
        if url:
            # A client built with a bad URL says so itself.
            with suppress(ValueError):
                yield sdk.base_of(url)
        yield from self._bases

    def transport(self, prefix: str) -> FakeTransport:
        """Return the transport that strips a prefix; one object for each."""
        return self._transports.setdefault(prefix, FakeTransport(self._answer, prefix))


# The innermost last. Process-wide on purpose: clients in threads, and those built at import,
# are reached too.
_active: Final[list[Target]] = []


class _Sending:
    """A request on its way, and where it goes now: redirects and log-ins lead elsewhere."""

    def __init__(self, request: Any) -> None:
        self.request = request
        self.url = request.url


# What is being sent, for the client to choose a transport by.
_sending: Final[ContextVar[_Sending]] = ContextVar("julep_secrets_sending")

_undo: Final[list[Callable[[], None]]] = []
_originals: Final[dict[Any, Any]] = {}


def start(target: Target) -> None:
    """Lead requests to this fake until it is stopped, or another one is started."""
    _install()
    _active.append(target)


def stop(target: Target) -> None:
    """End what `start` began; the fake that was active before is so again."""
    # Backwards: started twice, a fake is stopped twice.
    for place in reversed(range(len(_active))):
        if _active[place] is target:
            del _active[place]
            return


def uninstall() -> None:
    """Take back the patches where they still stand, unless a fake is active.

    One is when a run of pytest inside a test ends. Clients already used stay harmless.
    """
    while _undo and not _active:
        _undo.pop()()


def _install() -> None:
    if _undo:
        return
    _undo.append(lookups.install(_check_host))
    for name in ("httpx", "httpx2"):
        # Imported even if nobody has yet: the test may do so after this.
        if importlib.util.find_spec(name) is not None:
            module = importlib.import_module(name)
            _patch(module.Client, _send)
            _patch(module.AsyncClient, _send_async)


def _patch(client: Any, make: Callable[[Any], Any]) -> None:
    patched = client.send
    # It is ours already if httpx and httpx2 are one and the same, or if a patch of somebody
    # else stood above ours when it was to be taken back.
    if patched not in _originals:
        patched = make(client.send)
        _originals[patched] = client.send
        client.send = patched

    def undo() -> None:
        if client.send is patched:
            client.send = _originals.pop(patched)

    _undo.append(undo)


def _send(original: Any) -> Any:
    @wraps(original)
    def send(client: Any, request: Any, **options: Any) -> Any:
        if not _active:
            return original(client, request, **options)
        _let_choose(client)
        sending = _Sending(request)
        token = _sending.set(sending)
        try:
            return original(client, request, **options)
        except Violation as violation:
            _name_request(violation, sending)
            raise
        finally:
            _sending.reset(token)

    return send


def _send_async(original: Any) -> Any:
    @wraps(original)
    async def send(client: Any, request: Any, **options: Any) -> Any:
        if not _active:
            return await original(client, request, **options)
        _let_choose(client)
        sending = _Sending(request)
        token = _sending.set(sending)
        try:
            return await original(client, request, **options)
        except Violation as violation:
            _name_request(violation, sending)
            raise
        finally:
            _sending.reset(token)

    return send


def _let_choose(client: Any) -> None:
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
        if not _active or isinstance(below, FakeTransport):
            return below
        sending = _sending.get()
        sending.url = url
        target = _active[-1]
        prefix = owned_prefix(url, sending.request, target.bases())
        if prefix is not None and target.takes_requests:
            return target.transport(prefix)
        if _is_proxy(this, below):
            # The proxy would look the name up.
            _check_host(url.host)
        return below

    client._transport_for_url = choose  # noqa: SLF001 - see above


def _is_proxy(client: Any, transport: Any) -> bool:
    """Tell whether a transport is the library's own way to a proxy, which nobody has mocked."""
    layers = (transport, getattr(transport, "_pool", None))
    return transport is not client._transport and all(map(_is_of_the_library, layers))  # noqa: SLF001


def _is_of_the_library(layer: Any) -> bool:
    kind = type(layer)
    method = getattr(kind, "handle_request", None) or getattr(kind, "handle_async_request", None)
    home = getattr(method, "__module__", None) or ""
    return home.startswith(("httpx", "httpcore"))


def _check_host(host: str) -> None:
    if _active and sdk.is_real_host(host):
        raise _active[-1].violate("hosts", _unanswered(f"A request to '{host}'"))


def _name_request(violation: Violation, sending: _Sending) -> None:
    """Say which request was refused: the look-up, perhaps in another thread, knew the host."""
    if violation.check == "hosts":
        same = sending.url == sending.request.url
        method = f"{sending.request.method} " if same else ""
        message = _unanswered(_describe(method, sending.url))
        # The path may hold a value, as an id does that belongs elsewhere.
        violation.reword(_active[-1].redact(message) if _active else message, user_line())


def refuse(violate: Violate, request: Any) -> NoReturn:
    """Refuse a request that reached the fake and is for another part of the API."""
    raise violate("hosts", _unanswered(_describe(f"{request.method} ", request.url)))


def _describe(method: str, url: Any) -> str:
    # No user, no query, and nothing behind "/secrets": the SDK does not escape what it takes
    # for an id, and that may be a value.
    head, secrets, tail = url.path.partition("/secrets")
    path = f"{head}{secrets}{'/...' if tail else ''}"
    return f"'{method}{url.scheme}://{url.netloc.decode()}{path}'"


def _unanswered(what: str) -> str:
    """Say that nothing answers a request, and what the fake does answer."""
    return (
        f"{what} is not answered by anything in this test.\n"
        f"The fake answers {routes.describe()}; mock anything else, with respx for example."
    )
