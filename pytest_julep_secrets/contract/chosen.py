"""The target that pytest's options choose."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from uuid import UUID

from pytest_julep_secrets.contract.address import check_url
from pytest_julep_secrets.contract.target import HEADER, Target
from pytest_julep_secrets.errors import ConfigurationError

if TYPE_CHECKING:
    import pytest

    from pytest_julep_secrets.fake.api import FakeServer

KEY_VARIABLE: Final = "JULEP_CONTRACT_KEY"


@contextmanager
def chosen(config: pytest.Config) -> Iterator[Target]:
    """Give the target that the options name: the fake, the fake's server, or the one at a URL.

    Raises:
        ConfigurationError: If an option cannot be used.
    """
    name = config.getoption("julep_secrets_target") or "fake"
    header = config.getoption("julep_secrets_target_header") or HEADER
    developer = config.getoption("julep_secrets_target_developer")
    if name not in {"fake", "server"}:
        live: bool = config.getoption("julep_secrets_live")
        yield at(name, header, developer, os.environ, live=live)
        return
    key = secrets.token_hex(8)
    fake = _fake(key, header, developer)
    if name == "fake":
        from pytest_julep_secrets.reach.transport import FakeTransport

        yield _exact("http://fake.test", key, header, developer, FakeTransport(fake.answer))
        return
    from pytest_julep_secrets.reach.server import Server

    with Server(fake.answer) as server:
        yield _exact(server.url, key, header, developer, None)


def at(
    url: str,
    header: str = HEADER,
    developer: str | None = None,
    environ: Mapping[str, str] = os.environ,
    *,
    live: bool = False,
) -> Target:
    """Return the target at a URL, with the key of the environment.

    Raises:
        ConfigurationError: If it may not be touched, or cannot be spoken to this way.
    """
    _check_header(header)
    if developer is not None:
        _check_developer(developer)
    key = environ.get(KEY_VARIABLE, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise ConfigurationError(
            f"{KEY_VARIABLE} cannot be sent: it has characters that no header may have.\n"
            "Set it to the key alone."
        )
    return Target(check_url(url, live=live), key=key, header=header, developer=developer)


def _check_header(header: str) -> None:
    name, _, scheme = header.partition(":")
    known = name.strip().replace("-", "").isalnum() and header.isascii() and header.isprintable()
    if not known or len(scheme.split()) > 1:
        raise ConfigurationError(
            "The option --julep-secrets-target-header is no header.\n"
            "Give its name, and what stands before the key: X-Auth-Key or 'Authorization: Bearer'"
        )


def _check_developer(developer: str) -> None:
    try:
        UUID(developer)
    except ValueError:
        raise ConfigurationError(
            "The option --julep-secrets-target-developer is no UUID.\n"
            "Give one such as 123e4567-e89b-12d3-a456-426614174000"
        ) from None


def _exact(
    url: str, key: str, header: str, developer: str | None, transport: object
) -> Target:
    return Target(
        url, key=key, header=header, developer=developer, transport=transport, exact=True
    )


def _fake(key: str, header: str, developer: str | None) -> FakeServer:
    from pytest_julep_secrets.fake.api import FakeServer

    name = header.partition(":")[0].strip()
    return FakeServer(api_key=key, key_header=name, multi_tenant=developer is not None)
