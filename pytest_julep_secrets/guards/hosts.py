"""Which hosts may be reached: not Julep's real ones; with an allow list, only those on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pytest_julep_secrets.sdk import is_real_host

if TYPE_CHECKING:
    from pytest_julep_secrets.guards.allowed import Allowed

# Is told what is refused, and whether it is for want of an entry in the allow list.
Refuse = Callable[[str, bool], None]


class Hosts:
    """Asked about every host that something is sent to, or that is looked up.

    Args:
        refuse: Raises, or lets it pass if that is how the check is taken now.
        allowed: What may be reached beside this machine; None leaves all but Julep's hosts.
    """

    def __init__(self, refuse: Refuse, allowed: Allowed | None = None) -> None:
        self._refuse = refuse
        self._allowed = allowed
        # The names under which an address was found: what connects to it knows the address only.
        self._names: dict[str, set[str]] = {}

    def check(self, host: str, port: int | None = None, request: str = "") -> None:
        """Refuse a host.

        Args:
            host: A name or an address.
            port: None if it is not known yet.
            request: What to call it, as from `describe`; "" if there is only the host.

        Raises:
            Violation: By `refuse`.
        """
        allowed, names = self._allowed, self._names.get(host) or {host}
        if allowed is not None and any(allowed.has(one, port) for one in (host, *names)):
            return
        if is_real_host(host):
            self._refuse(request or _request_to(host), False)
        elif allowed is not None:
            name = min(names)
            # A port is to blame only where another one is allowed.
            place = f"{name}:{port}" if allowed.has(name, None) else name
            self._refuse(_request_to(place), True)

    def found(self, host: str, addresses: Iterable[str]) -> None:
        """Learn which addresses a host has."""
        if self._allowed is not None:
            for address in addresses:
                self._names.setdefault(address, set()).add(host)


def describe(method: str, scheme: str, netloc: str, path: str) -> str:
    """Describe a request by what cannot be a value.

    No user, no query, and nothing behind "/secrets": the SDK does not escape what it takes for
    an id, and that may be a value.
    """
    head, secrets, tail = path.partition("/secrets")
    what = f"{method} " if method else ""
    return f"'{what}{scheme}://{netloc}{head}{secrets}{'/...' if tail else ''}'"


def _request_to(host: str) -> str:
    return f"A request to '{host}'"
