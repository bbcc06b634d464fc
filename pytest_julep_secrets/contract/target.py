"""What is held to the contract: a server's address, and how to speak to it."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import httpx

from pytest_julep_secrets.contract.address import is_loopback
from pytest_julep_secrets.contract.names import new_prefix
from pytest_julep_secrets.contract.patience import PAUSES, AsyncPatientClient, PatientClient
from pytest_julep_secrets.errors import ConfigurationError

if TYPE_CHECKING:
    from pytest_julep_secrets.contract.traits import Traits

HEADER: Final = "Authorization: Bearer"
_AGENT: Final = "pytest-julep-secrets contract"


class Target:
    """A server that is held to the contract.

    Args:
        url: Its base URL, such as "http://localhost:8080" or "http://localhost/api".
        key: Its API key; "" sends none.
        header: The header that carries the key, with what stands before it: "X-Auth-Key" for
            the key alone.
        developer: Whose secrets; None leaves that to the server.
        transport: A transport of httpx, sync and async, that answers in place of the network.
        exact: Whether it is to behave in every way like the recorded server. False lets it differ
            where deployments do: promises that depend on one are skipped, with the reason.
        timeout_s: How long to wait for an answer, in seconds.

    Attributes:
        url: As above, and so `developer`, `exact`, `timeout_s` and `transport`.
        key_header: The name of the header that carries the key.
        scheme: What stands before the key in it.
        prefix: How the names of secrets begin that are made there.
        noted: Ids of secrets that were made and may still be there.
        unanswered: Creates that were sent and not answered, so that they may still be made.
        since: When the newest secret was made that was there before the first of them, as the API
            writes it; "" if that is not known.
        latest: When the last of them was made; as `since` if none was.
        in_use: Whether promises are being held to it, and its end is seen to.
    """

    # pytest would not collect it, but for its name might ask.
    __test__ = False

    def __init__(
        self,
        url: str,
        *,
        key: str = "",
        header: str = HEADER,
        developer: str | None = None,
        transport: Any = None,
        exact: bool = False,
        timeout_s: float = 5.0,
    ) -> None:
        self.url: str = url.rstrip("/")
        self.exact: bool = exact
        self.transport: Any = transport
        self.prefix: str = new_prefix()
        self.noted: set[str] = set()
        self.unanswered: set[object] = set()
        self.since: str = ""
        self.latest: str = ""
        self.in_use: bool = False
        self._key = key
        name, _, scheme = header.partition(":")
        self.key_header: str = name.strip()
        self.scheme: str = scheme.strip()
        self.developer: str | None = developer
        self.timeout_s: float = timeout_s
        # A server that is there accepts at once.
        self._timeout = httpx.Timeout(timeout_s, connect=min(timeout_s, 3.0))
        # A transport of somebody's own is no busy server.
        self._pauses = PAUSES if transport is None else ()
        self._http: httpx.Client | None = None
        self._given_up: list[httpx.Client] = []

    def __repr__(self) -> str:
        return f"Target({self.url!r})"

    @property
    def key(self) -> str:
        """The key; not a plain attribute, so that nothing shows it."""
        return self._key

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """What every request is sent with, the key and the developer."""
        headers = {}
        if self._key:
            headers[self.key_header] = f"{self.scheme} {self._key}".strip()
        if self.developer is not None:
            headers["X-Developer-Id"] = self.developer
        return headers

    @property
    def http(self) -> httpx.Client:
        """The client that promises share; it sends no key by itself."""
        if self._http is None:
            self._http = PatientClient(self.unanswered, self._pauses, **self._options())
        return self._http

    def async_http(self) -> httpx.AsyncClient:
        """Return a new client for one event loop; it sends no key by itself."""
        return AsyncPatientClient(self.unanswered, self._pauses, **self._options())

    def has_named(self, name: object) -> bool:
        """Tell whether a name was given by promises held to this target."""
        return str(name).startswith(self.prefix)

    def renew(self) -> None:
        """Give up the connections there are: the server drops those on which it has failed."""
        # Closed at the end: another thread may be in the middle of a request.
        if self._http is not None:
            self._given_up.append(self._http)
        self._http = None

    def close(self) -> None:
        """Close all connections; the next request opens another."""
        self.renew()
        while self._given_up:
            self._given_up.pop().close()

    def _options(self) -> dict[str, Any]:
        options: dict[str, Any] = {"timeout": self._timeout, "headers": {"User-Agent": _AGENT}}
        if self.transport is not None:
            # Closing a client closes its transport, which others may use.
            return {**options, "transport": _Kept(self.transport)}
        return {**options, "verify": self._context, "trust_env": not is_loopback(self.url)}

    @cached_property
    def _context(self) -> ssl.SSLContext:
        # Once, as each one reads all certificates.
        try:
            return httpx.create_ssl_context()
        except OSError:
            raise ConfigurationError(
                "The certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read.\n"
                "Name a file of certificates in PEM format, or leave it unset."
            ) from None

    @cached_property
    def traits(self) -> Traits:
        """What was found out about the deployment."""
        from pytest_julep_secrets.contract.traits import find_out

        return find_out(self)


class _Kept(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Somebody's transport, which is theirs to close."""

    def __init__(self, transport: Any) -> None:
        self.handle_request = transport.handle_request  # type: ignore[method-assign]
        if hasattr(transport, "handle_async_request"):
            self.handle_async_request = (  # type: ignore[method-assign]
                transport.handle_async_request
            )
