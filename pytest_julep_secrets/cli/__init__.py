"""The command `julep-secrets`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final, NoReturn

from pytest_julep_secrets.cli import fidelity, lint, redact, scan, serve, sweep
from pytest_julep_secrets.cli.helping import HelpFormatter
from pytest_julep_secrets.errors import ConfigurationError

_ABOUT: Final = """\
Find secret values in what a test run leaves behind and take them out, look
for production secrets before anything runs, and serve the fake to tests in
any language. Tests in Python need none of this: see pytest --fixtures."""

_MORE: Final = """\
julep-secrets COMMAND --help has the options of a command, its exit statuses,
and examples."""

# What a bug report needs to know the versions of.
_PARTS: Final = (
    "pytest-julep-secrets",
    "pytest",
    "httpx",
    "httpx2",
    "julep",
    "respx",
    "PyYAML",
)

# What is shorter is no secret that is looked for.
_SHORTEST: Final = 6


def main(argv: list[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    parser = make_parser()
    options = parser.parse_args(argv)
    if "run" not in options:
        parser.print_help()
        return 0
    try:
        return int(options.run(options))
    except ConfigurationError as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is the command
    except KeyboardInterrupt:
        print("Interrupted: not everything was looked at.", file=sys.stderr)  # noqa: T201
    except Exception as error:  # noqa: BLE001 - what it says, or a traceback, may hold a value
        print(_bug(error), file=sys.stderr)  # noqa: T201
    return 2


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of the command line, with that of each command."""
    parser = _Parser(
        prog="julep-secrets", description=_ABOUT, epilog=_MORE, formatter_class=HelpFormatter
    )
    parser.add_argument(
        "--version",
        action=_Version,
        nargs=0,
        help="print the versions that a bug report needs, and exit",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in (scan, redact, lint, serve, sweep, fidelity):
        command.add_to(commands)
    return parser


def _bug(error: Exception) -> str:
    """Say what broke, without anything that was read."""
    places = [
        f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(error.__traceback__)
    ]
    return (
        f"julep-secrets is broken: {type(error).__name__} at {' < '.join(reversed(places))}.\n"
        f"Please report this as a bug, with this line: {versions()}"
    )


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with arguments; of what the shell put in for `$NAME`, the name."""

    def error(self, message: str) -> NoReturn:
        for name, value in os.environ.items():
            if len(value) >= _SHORTEST:
                message = message.replace(value, f"${name}")
        super().error(message)


class _Version(argparse.Action):
    """Print the versions; argparse's own would look them up for each command."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        print(versions())  # noqa: T201 - what it is asked for
        parser.exit()


def versions() -> str:
    """List the versions of this package and of what it works with, in one line."""
    known = [f"{name} {_version(name)}" for name in _PARTS]
    return ", ".join([*known, f"{platform.python_implementation()} {platform.python_version()}"])


def _version(name: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
