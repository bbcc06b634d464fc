"""`julep-secrets redact`: secret values out of what a test run leaves behind."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("redact", help="replace secret values in files")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or directory")
    parser.set_defaults(run=_redact)


def _redact(options: argparse.Namespace) -> int:
    raise NotImplementedError(options)
