"""The target that options choose."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from pytest_julep_secrets.contract.address import check_url
from pytest_julep_secrets.contract.target import HEADER, Target
from pytest_julep_secrets.errors import ConfigurationError

if TYPE_CHECKING:
    import pytest

    from pytest_julep_secrets.fake.api import FakeServer

KEY_VARIABLE: Final = "JULEP_CONTRACT_KEY"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says of a target.

    Attributes:
        name: "fake", "server", or a URL.
        header: The header that carries the key, and what stands before it.
        developer: Whose secrets; None leaves that to the server.
        live: Whether a production server is meant.
    """

    name: str
    header: str = HEADER
    developer: str | None = None
    live: bool = False


def options_of(config: pytest.Config) -> Options:
    """Return what pytest's options say."""
    # Without the plugin (-p no:julep_secrets) there are none.
    name = config.getoption("julep_secrets_target", None)
    return Options(
        # Empty is no name: a variable may not be set.
        "fake" if name is None else name,
        config.getoption("julep_secrets_target_header", None) or HEADER,
        config.getoption("julep_secrets_target_developer", None),
        config.getoption("julep_secrets_live", default=False),
    )


def is_own(name: str) -> bool:
    """Tell whether a target is one of ours, and not the server at a URL."""
    return name in {"fake", "server"}


@contextmanager
def chosen(options: Options) -> Iterator[Target]:
    """Give the target: the fake, the fake's server, or the one at a URL.

    Raises:
        ConfigurationError: If an option cannot be used.
    """
    if not is_own(options.name):
        yield at(options)
        return
    _check(options)
    key = secrets.token_hex(8)
    fake = _fake(key, options)
    if options.name == "fake":
        from pytest_julep_secrets.reach.transport import FakeTransport

        yield _exact("http://fake.test", key, options, FakeTransport(fake.answer))
        return
    from pytest_julep_secrets.reach.server import Server

    with Server(fake.answer) as server:
        yield _exact(server.url, key, options, None)


def at(options: Options, environ: Mapping[str, str] = os.environ) -> Target:
    """Return the target at a URL, with the key of the environment.

    Raises:
        ConfigurationError: If it may not be touched, or cannot be spoken to this way.
    """
    _check(options)
    key = environ.get(KEY_VARIABLE, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise ConfigurationError(
            f"{KEY_VARIABLE} cannot be sent: it has characters that no header may have.\n"
            "Set it to the key alone."
        )
    url = check_url(options.name, live=options.live)
    return Target(url, key=key, header=options.header, developer=options.developer)


def _check(options: Options) -> None:
    name, _, scheme = options.header.partition(":")
    known = name.strip().replace("-", "").isalnum() and options.header.isascii()
    if not known or len(scheme.split()) > 1:
        raise ConfigurationError(
            "The option --julep-secrets-target-header is no header.\n"
            "Give its name, and what stands before the key: X-Auth-Key or 'Authorization: Bearer'"
        )
    if options.developer is not None and not _is_uuid(options.developer):
        raise ConfigurationError(
            "The option --julep-secrets-target-developer is no UUID.\n"
            "Give one such as 123e4567-e89b-12d3-a456-426614174000"
        )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _exact(url: str, key: str, options: Options, transport: object) -> Target:
    return Target(
        url,
        key=key,
        header=options.header,
        developer=options.developer,
        transport=transport,
        exact=True,
    )


def _fake(key: str, options: Options) -> FakeServer:
    from pytest_julep_secrets.fake.api import FakeServer

    name = options.header.partition(":")[0].strip()
    return FakeServer(api_key=key, key_header=name, multi_tenant=options.developer is not None)
