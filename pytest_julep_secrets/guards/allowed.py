"""The hosts that a user allows, and those that need no permission: this machine's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, Final, NamedTuple

from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.sdk import is_real_host, plain_host

_ENTRY: Final = re.compile(
    r"(?P<wild>\*\.)?(?P<host>\[[0-9a-fA-F:.]+\]|[^\s:/*\[\]@]+)(?::(?P<port>[0-9]{1,5}))?"
)
_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
# The last label of a name is no number: what looks like an address has to be one.
_NAME: Final = re.compile(rf"(?:{_LABEL}\.)*(?![0-9]+\Z){_LABEL}")

_LOCAL_NAMES: Final = frozenset({"", "localhost", "ip6-localhost", "ip6-loopback"})


class _Entry(NamedTuple):
    name: str
    is_domain: bool
    network: Any
    port: int | None

    def matches(self, name: str, address: Any, port: int | None) -> bool:
        if None not in (self.port, port) and self.port != port:
            return False
        if self.network is not None:
            return address is not None and address in self.network
        return name.endswith(f".{self.name}") if self.is_domain else name == self.name


class Allowed:
    """What an allow list has.

    Args:
        entries: Hosts (`example.com`), domains (`*.example.com`: all below it), addresses and
            networks (`10.0.0.0/8`); all but a network may have a port (`example.com:443`).
        own_name: This machine's.

    Raises:
        ConfigurationError: If an entry is anything else.
    """

    def __init__(self, entries: Iterable[str], own_name: str = "") -> None:
        self._entries = [_read(entry) for entry in entries]
        self._local = _LOCAL_NAMES | {plain_host(own_name)}

    def has(self, host: str, port: int | None) -> bool:
        """Tell whether a host is on the list, or this machine.

        One of Julep's own is only if an entry names it, or a domain of Julep's: `*.ai` does not.

        Args:
            host: A name or an address.
            port: None for any.
        """
        name, address = plain_host(host), _address(host)
        if self._is_local(name, address):
            return True
        found = [entry for entry in self._entries if entry.matches(name, address, port)]
        return any(not is_real_host(name) or is_real_host(entry.name) for entry in found)

    def _is_local(self, name: str, address: IPv4Address | IPv6Address | None) -> bool:
        if address is None:
            return name in self._local or name.endswith(".localhost")
        # A connection to 0.0.0.0 is one to this machine.
        return address.is_loopback or address.is_unspecified


def _read(entry: str) -> _Entry:
    text = entry.strip()
    with suppress(ValueError):
        return _Entry("", False, ip_network(text), None)
    found = _ENTRY.fullmatch(text)
    port = int(found["port"]) if found and found["port"] else None
    if found is None or port == 0 or (port or 0) > 65535:
        raise _no_entry(entry)
    address = _address(found["host"])
    if address is not None and not found["wild"]:
        return _Entry("", False, ip_network(address), port)
    name = plain_host(found["host"])
    if not _NAME.fullmatch(name):
        raise _no_entry(entry)
    return _Entry(name, bool(found["wild"]), None, port)


def _no_entry(entry: str) -> ConfigurationError:
    return ConfigurationError(
        f"The ini option julep_secrets_allow_hosts has the entry '{entry}'.\n"
        "An entry is a host (example.com), all below a domain (*.example.com), an address or a "
        "network (10.0.0.0/8); a port may follow all but a network (example.com:443)."
    )


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return None
    # An IPv4 address in IPv6's clothes.
    return getattr(address, "ipv4_mapped", None) or address
