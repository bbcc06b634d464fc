"""Clients of the real Julep SDK that talk to a fake, and their retries."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import httpx

from pytest_julep_secrets import sdk
from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.reach.delivery import HURRIES
from pytest_julep_secrets.reach.patch import Undo, replace

if TYPE_CHECKING:
    from types import ModuleType

    from julep import AsyncJulep, Julep

    from pytest_julep_secrets.reach.transport import FakeTransport


def client(transport: FakeTransport, api_key: str) -> Julep:
    """Return a `Julep` on the fake that does not retry.

    Raises:
        ConfigurationError: If there is no SDK 2.x.
    """
    options = _options(api_key, httpx.Client(transport=transport))
    made: Julep = _load("Julep").Julep(**options)
    return made


def async_client(transport: FakeTransport, api_key: str) -> AsyncJulep:
    """Return an `AsyncJulep` on the fake that does not retry.

    Raises:
        ConfigurationError: If there is no SDK 2.x.
    """
    options = _options(api_key, httpx.AsyncClient(transport=transport))
    made: AsyncJulep = _load("AsyncJulep").AsyncJulep(**options)
    return made


def patch(library: Any, _check: object) -> list[Undo]:
    """Let the SDK send a request again at once where a fault has dropped the connection.

    A reply says so in a header; here there is none, and the SDK would wait for a second and more.

    Args:
        library: The module `julep._base_client`.
    """
    client = getattr(library, "BaseClient", None)
    # Private to the SDK: where it is gone, the retries wait.
    if not hasattr(client, "_parse_retry_after_header"):
        return []
    return [replace(client, "_parse_retry_after_header", _hurried)]


def _hurried(original: Any) -> Any:
    def parse(client: Any, response_headers: Any = None) -> Any:
        # It asks while it handles what the connection has raised.
        if response_headers is None and getattr(sys.exception(), HURRIES, False):
            return 0.001
        return original(client, response_headers)

    return parse


def connected(url: str, http_client: httpx.Client, headers: Mapping[str, str]) -> Julep:
    """Return a `Julep` on a server that does not retry and believes no answer of a wrong shape.

    Args:
        url: The server's base.
        http_client: What it sends by; not closed by it.
        headers: What it sends with each request, the key among them.

    Raises:
        ConfigurationError: If there is no SDK 2.x.
    """
    made: Julep = _load("Julep").Julep(**_strict(url, http_client, headers))
    return made


def async_connected(
    url: str, http_client: httpx.AsyncClient, headers: Mapping[str, str]
) -> AsyncJulep:
    """Return an `AsyncJulep` as above.

    Raises:
        ConfigurationError: If there is no SDK 2.x.
    """
    made: AsyncJulep = _load("AsyncJulep").AsyncJulep(**_strict(url, http_client, headers))
    return made


def _strict(
    url: str, http_client: httpx.Client | httpx.AsyncClient, headers: Mapping[str, str]
) -> dict[str, Any]:
    return {
        **_options("", http_client),
        "base_url": url,
        # Over the SDK's own Authorization, which would have no key in it.
        "default_headers": {"Authorization": "", **headers},
        "_strict_response_validation": True,
    }


def _options(api_key: str, http_client: httpx.Client | httpx.AsyncClient) -> dict[str, Any]:
    return {
        "api_key": api_key,
        "base_url": sdk.LOCAL,
        "http_client": http_client,
        "max_retries": 0,
    }


def _load(name: str) -> ModuleType | Any:
    install = "Install it with: pip install 'pytest-julep-secrets[julep]'"
    try:
        julep = importlib.import_module("julep")
    except ImportError:
        text = f"The Julep SDK is not installed.\n{install}"
        raise ConfigurationError(text) from None
    if not hasattr(julep, name):
        # Julep 3 has the same distribution and import name and no such class.
        found = f"The installed julep {sdk.version()}"
        raise ConfigurationError(f"{found} has no '{name}'; secrets are in julep 2.x.\n{install}")
    return julep
