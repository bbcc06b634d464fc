"""The command `julep-secrets`."""

from __future__ import annotations

import argparse
import platform
from importlib import metadata
from typing import Final

# What a bug report needs to know the versions of.
_PARTS: Final = ("pytest-julep-secrets", "pytest", "httpx", "httpx2", "julep", "respx")


def main(argv: list[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(
        prog="julep-secrets",
        description="Test code that keeps secrets in Julep. The fake server and its fixtures "
        "work by themselves in pytest; this command tells what is installed.",
    )
    parser.add_argument(
        "--version",
        action="version",
        version=versions(),
        help="print the versions that a bug report needs, and exit",
    )
    parser.parse_args(argv)
    parser.print_help()
    return 0


def versions() -> str:
    """List the versions of this package and of what it works with, in one line."""
    known = [f"{name} {_version(name)}" for name in _PARTS]
    return ", ".join([*known, f"{platform.python_implementation()} {platform.python_version()}"])


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
