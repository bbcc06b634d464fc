"""What we know of Julep's SDKs: their bases, user agents and retries; which one is installed.

Nothing here imports an SDK.

Source: julep 2.21.0 (`_client.py`, `_constants.py`, `_base_client.py`), @julep/sdk 2.7.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit


class Base(NamedTuple):
    """An address under which a Julep API answers.

    Attributes:
        scheme: "http" or "https".
        host: Lower-case host name, without the port.
        port: The port, the scheme's own where the URL names none.
        prefix: The path in front of `/secrets` that the gateway strips; "" for none.
    """

    scheme: str
    host: str
    port: int
    prefix: str


DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@lru_cache(maxsize=64)
def base_of(url: str) -> Base:
    """Read a base URL such as `https://api.julep.ai/api`.

    Raises:
        ValueError: If it is not an absolute http or https URL.
    """
    parts: SplitResult = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        # Without the URL, which may hold a password.
        raise ValueError("not an absolute http or https URL")
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    return Base(parts.scheme, parts.hostname, port, parts.path.rstrip("/"))


# The SDK's ENVIRONMENTS. The gateway in front of the first three strips "/api"; a server
# without a gateway ("local") has no such prefix.
ENVIRONMENTS: Final = {
    "production": "https://api.julep.ai/api",
    "dev": "https://dev.julep.ai/api",
    "local_multi_tenant": "http://localhost/api",
    "local": "http://localhost:8080",
}

LOCAL: Final = ENVIRONMENTS["local"]

# "Julep/Python 2.21.0", "AsyncJulep/Python 2.21.0", "Julep/JS 2.7.2".
USER_AGENTS: Final = ("Julep/", "AsyncJulep/")

# Julep's real hosts: everything below this domain.
DOMAIN: Final = "julep.ai"

# What the SDK sends again (five times by default, 19 to 25 seconds in all), beside every 5xx.
RETRIED: Final = frozenset({408, 409, 429})


def is_retried(status: int) -> bool:
    """Tell whether the SDK sends a request again that got this status."""
    return status in RETRIED or status >= 500


def plain_host(host: str) -> str:
    """Return a host name as look-ups take it: case and a final dot make no difference."""
    if not host.isascii():
        # They take "。" for a dot, and full-width letters for plain ones.
        with suppress(UnicodeError):
            host = host.encode("idna").decode("ascii")
    return host.lower().rstrip(".")


def is_real_host(host: str) -> bool:
    """Tell whether a host name is one of Julep's own."""
    host = plain_host(host)
    return host == DOMAIN or host.endswith("." + DOMAIN)


# A collection or one secret, with or without a trailing slash (which the server redirects).
_SECRETS: Final = re.compile("/secrets(?:/[^/]+)?/?")
# What the SDK has beside secrets: `agents.get("secrets")` asks for `/agents/secrets`.
_OTHERS: Final = "agents|docs|executions|files|healthz|jobs|projects|sessions|tasks|users"
_ANY_PREFIX: Final = re.compile(rf"(?P<prefix>(?:/(?!(?:{_OTHERS})/)[^/]+)*?){_SECRETS.pattern}")

KNOWN_BASES: Final = tuple(base_of(url) for url in ENVIRONMENTS.values())


def secrets_prefix(url: Base, bases: Iterable[Base], user_agent: str) -> str | None:
    """Tell whether a request is for the secrets of a Julep API, and what stands before them.

    Args:
        url: Where the request goes; `prefix` is its whole raw path.
        bases: The bases known, each with its own prefix.
        user_agent: Of the request. A Julep SDK's makes any place that no known base covers a
            Julep base.

    Returns:
        The prefix in front of `/secrets` ("" for none); None if it is another request.
    """
    path = url.prefix
    if "/secrets" not in path:
        return None
    covered = False
    for base in bases:
        if base[:3] == url[:3] and path.startswith(base.prefix + "/"):
            if _SECRETS.fullmatch(path, len(base.prefix)):
                return base.prefix
            covered = True
    if not covered and user_agent.startswith(USER_AGENTS):
        found = _ANY_PREFIX.fullmatch(path)
        return found["prefix"] if found else None
    return None


def version() -> str:
    """Return the version of julep that is installed, as its distribution has it."""
    try:
        return metadata.version("julep")
    except metadata.PackageNotFoundError:
        # A folder of that name.
        return "(of unknown version)"
