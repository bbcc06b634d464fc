"""Which servers may be held to the contract, which makes and deletes secrets there."""

from __future__ import annotations

from typing import Final

import httpx

from pytest_julep_secrets import sdk
from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.guards.names import production_reason
from pytest_julep_secrets.reports.shown import shown as readable

LIVE: Final = "--julep-secrets-live"


def check_url(url: str, *, live: bool) -> str:
    """Return a base URL as it is used, without a final slash.

    Args:
        url: What the user has given, such as "http://localhost:8080" or "http://localhost/api".
        live: Whether a server that is, or looks like, a production one is meant.

    Raises:
        ConfigurationError: If it is no base URL, or may not be touched.
    """
    if "@" in url.partition("://")[2].partition("/")[0]:
        raise ConfigurationError(
            "The target's URL holds a user or a password.\n"
            "Leave them out: the key is read from JULEP_CONTRACT_KEY."
        )
    if "?" in url or "#" in url:
        raise ConfigurationError(
            "The target's URL holds more than a base.\n"
            "Leave out what follows '?' and '#': http://localhost:8080"
        )
    try:
        # The second is what will read it.
        base, _ = sdk.base_of(url), httpx.URL(url.replace(" ", "\0"))
        # As the look-up of it will.
        base.host.encode("idna")
    except (ValueError, httpx.InvalidURL):
        raise ConfigurationError(
            f"The target '{shown(url)}' is no base URL.\n"
            "Give a URL such as http://localhost:8080; pytest takes fake and server, too"
        ) from None
    if not live:
        _refuse_production(base, url)
    return url.rstrip("/")


def _refuse_production(base: sdk.Base, url: str) -> None:
    if sdk.is_real_host(base.host):
        reason = "is one of Julep's own servers"
    else:
        found = production_reason(f"{base.host}{base.prefix}")
        if found is None:
            return
        reason = f"looks like production: {found}"
    raise ConfigurationError(
        f"The target '{shown(url)}' {reason}.\n"
        f"The contract makes and deletes secrets there. If you mean it, add {LIVE}"
    )


def is_loopback(url: str) -> bool:
    """Tell whether a base URL is of this machine: no proxy leads there."""
    host = sdk.base_of(url).host
    return host in {"localhost", "::1"} or host.startswith("127.")


def shown(url: str) -> str:
    """Return a URL without what may be a password or a token, as one line."""
    scheme, slashes, rest = url.partition("?")[0].partition("#")[0].partition("://")
    host, slash, path = rest.partition("/")
    return readable(f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}", 200)
