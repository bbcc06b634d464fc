"""Whether a database's URL leads to a real one: where it is, and by which password."""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from typing import Final
from urllib.parse import unquote

from pytest_julep_secrets.guards.plausible import is_plausible_password
from pytest_julep_secrets.sdk import plain_host

# RFC 2606 and 6761 (names for tests and documentation), RFC 6762 (".local"), Docker, Podman.
_LOCAL: Final = (
    ".localhost",
    ".localdomain",
    ".local",
    ".test",
    ".example",
    ".invalid",
    ".example.com",
    ".example.org",
    ".example.net",
    ".docker.internal",
    ".containers.internal",
)
# RFC 1122, 5737, 3849, 4291: this host, this computer, documentation.
_LOCAL_NETWORKS: Final = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/32",
            "127.0.0.0/8",
            "192.0.2.0/24",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "::/128",
            "::1/128",
            "2001:db8::/32",
        ),
    )
)
_PLACEHOLDER: Final = re.compile(r"example|your|\bhost(?:name)?\.|placeholder|[{}$%*]")


def leads_to_a_real_database(user: str, password: str, host: str) -> bool:
    """Tell whether a database's URL has a password that could be one, and a host elsewhere.

    Args:
        user: As in the URL; may be empty.
        password: As in the URL.
        host: A name or an address, in brackets if it is one of IPv6.
    """
    return is_plausible_password(unquote(password), unquote(user)) and not is_local(host)


def is_local(host: str) -> bool:
    """Tell whether a host is this computer, a container beside it, or one that cannot exist.

    A name of one label is a container's, as in Docker Compose. An address of a private network
    is elsewhere.
    """
    host = plain_host(host.strip("[]"))
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host or f".{host}".endswith(_LOCAL) or bool(_PLACEHOLDER.search(host))
    return any(address in network for network in _LOCAL_NETWORKS)
