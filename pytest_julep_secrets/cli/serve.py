"""`julep-secrets serve`: the fake over HTTP, for tests in any language."""

from __future__ import annotations

import argparse
import ipaddress
import os
import signal
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from pytest_julep_secrets.cli.helping import HelpFormatter
from pytest_julep_secrets.cli.writing import UnwrittenError, complain, to_stdout
from pytest_julep_secrets.errors import ConfigurationError

if TYPE_CHECKING:
    from pytest_julep_secrets.cli.standing import Setup

_SERVE: Final = """\
Serve the fake over HTTP until it is interrupted: an in-memory Julep secrets
API for tests in any language. Once it accepts connections, it prints its URL,
alone on one line; GET /healthz then answers 200. Set JULEP_BASE_URL to the URL
and JULEP_API_KEY to any text.

Names that look like production and values that look like real credentials
are refused with 403, and told on standard error. Values are never printed,
nor given back by any request."""

_MORE: Final = """\
exit status:
  0  it was stopped, by Ctrl-C or SIGTERM
  2  it could not start; or wrong usage

examples:
  julep-secrets serve
  julep-secrets serve --port 0 --seed tests/secrets.toml --reset-path /reset"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "serve",
        help="serve the fake over HTTP, for tests in any language",
        description=_SERVE,
        epilog=_MORE,
        formatter_class=HelpFormatter,
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=8080,
        metavar="N",
        help="the port to listen at; 0 for any that is free; default: %(default)s, where the SDKs' "
        "environment 'local' is",
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="H",
        help="the address to listen at; default: %(default)s, which only this machine reaches",
    )
    _add_setup_to(parser)
    parser.set_defaults(run=_serve)


def _add_setup_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seed", type=Path, metavar="FILE", help="a TOML or JSON file of secrets to start with"
    )
    key = parser.add_mutually_exclusive_group()
    key.add_argument(
        "--key",
        metavar="KEY",
        help="the only API key accepted; make it up, as others on this machine can see it here; "
        "default: any is accepted, and none",
    )
    key.add_argument(
        "--key-env",
        metavar="NAME",
        help="an environment variable that holds the only API key accepted",
    )
    parser.add_argument(
        "--multi-tenant",
        action="store_true",
        help="keep secrets for many developers; each request names one in X-Developer-Id",
    )
    parser.add_argument(
        "--developer",
        type=_developer,
        metavar="UUID",
        help="with --multi-tenant: whose the seed is, and requests that name nobody",
    )
    parser.add_argument(
        "--allow-name",
        action="append",
        default=[],
        metavar="NAME",
        help="a name that may look like production; repeatable",
    )
    parser.add_argument(
        "--reset-path",
        type=_path,
        metavar="PATH",
        help="a path such as /reset, where a POST goes back to the seed; default: none",
    )


def _serve(options: argparse.Namespace) -> int:
    # Here, so that --version does without.
    from pytest_julep_secrets.cli.standing import Standing
    from pytest_julep_secrets.reach.server import Server

    with _stopped_by_signals() as stopped:
        standing = Standing(read_setup(options, os.environ), complain)
        server = Server(standing.answer, host=options.host, port=options.port)
        try:
            server.start()
        except OSError as error:
            raise ConfigurationError(
                f"Nothing can listen at '{options.host}', port {options.port}: {_reason(error)}. "
                "Name another with --port, such as 0 for any that is free."
            ) from None
        with server:
            _tell(server.url, options.host)
            # In steps, as Windows does not interrupt a wait.
            while not stopped.wait(1):
                pass
    return 0


def _tell(url: str, host: str) -> None:
    if not _is_loopback(host):
        complain(
            f"Other machines can reach this server: it listens at '{host}'. "
            "Leave --host out to serve this one only."
        )
    try:
        to_stdout([url])
    except UnwrittenError:
        complain(f"Standard output is closed; the server is at {url}.")


def read_setup(options: argparse.Namespace, environ: Mapping[str, str]) -> Setup:
    """Read what the fake is set up with.

    Raises:
        ConfigurationError: If it cannot be used.
    """
    from pytest_julep_secrets.cli.standing import HEALTH, Setup
    from pytest_julep_secrets.seed import load_seed

    if options.developer and not options.multi_tenant:
        raise ConfigurationError(
            "--developer means nothing in a server for one.\nAdd --multi-tenant, or leave it out."
        )
    if options.seed and options.multi_tenant and not options.developer:
        raise ConfigurationError(
            "The seed of a multi-tenant server has to be somebody's.\nSay whose: --developer UUID."
        )
    if options.reset_path == HEALTH:
        raise ConfigurationError(f"--reset-path cannot be {HEALTH}.\nName another, such as /reset.")
    return Setup(
        seed=load_seed(options.seed, "--seed") if options.seed else {},
        api_key=_key(options, environ),
        multi_tenant=options.multi_tenant,
        developer=options.developer,
        allowed=frozenset(options.allow_name),
        reset_path=options.reset_path,
    )


def _key(options: argparse.Namespace, environ: Mapping[str, str]) -> str | None:
    import time

    from pytest_julep_secrets.guards.credentials import credential_rule

    option = "--key"
    key: str | None = options.key
    if options.key_env is not None:
        option = "--key-env"
        key = environ.get(options.key_env)
        if key is None:
            # Not its name, which may be what the variable holds: --key-env "$KEY".
            raise ConfigurationError(
                "The variable that --key-env names is not set.\nSet it, or name another."
            )
    if key is None:
        return None
    if not key or not key.isascii() or not key.isprintable() or key != key.strip():
        raise ConfigurationError(
            f"What {option} gives cannot be sent as a key.\nMake up one of ASCII letters."
        )
    rule = credential_rule(key, time.time())
    if rule is not None:
        raise ConfigurationError(
            f"What {option} gives looks like a real credential: rule '{rule}'.\n"
            "Make one up that begins with 'fake'."
        )
    return key


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """Give an event that Ctrl-C sets, and whoever asks the process to end."""
    stopped = threading.Event()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: stopped.set()) for number in numbers]
    try:
        yield stopped
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _reason(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return "there is no such host"
    # Without the address, which some errors repeat.
    return os.strerror(error.errno or 0)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _path(text: str) -> str:
    if not text.startswith("/") or text.startswith("/secrets"):
        raise argparse.ArgumentTypeError("a path begins with /, and not with /secrets")
    return text


def _developer(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            "a developer is a UUID, such as 0195a000-0000-7000-8000-00000000000a"
        ) from None
