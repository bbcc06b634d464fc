"""`julep-secrets scan`: secret values in what a test run leaves behind."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("scan", help="look for secret values in files of any kind")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or directory")
    parser.set_defaults(run=_scan)


def _scan(options: argparse.Namespace) -> int:
    raise NotImplementedError(options)
