"""`julep-secrets scan`: secret values in what a test run leaves behind."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Final

from pytest_julep_secrets.cli import output, values
from pytest_julep_secrets.cli.helping import HelpFormatter
from pytest_julep_secrets.cli.progress import Progress

_SCAN: Final = """\
Look for secret values in files of any kind, in every form that they may have
there: escaped, encoded, wrapped, cut. Folders are searched, archives and
compressed files unpacked. Where a file tells which test has written a value,
the finding says so. A value is never printed."""

_MORE: Final = """\
exit status:
  0  nothing was found
  1  something was found
  2  something could not be read, whatever was found beside it; or wrong usage
  3  nothing could have been found: no value, no file, or the scan has missed
     a value that it plants itself

examples:
  julep-secrets scan out --manifest manifest.json --env 'JULEP_*'
  julep-secrets scan out --values .env --report github --report html=leaks.html"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "scan",
        help="look for secret values in files of any kind",
        description=_SCAN,
        epilog=_MORE,
        formatter_class=HelpFormatter,
    )
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a file or folder to search"
    )
    values.add_to(parser).add_argument(
        "--made-up",
        action="store_true",
        help="anything that the Faker provider has made up, in any run, told by the mark in it",
    )
    output.add_to(parser)
    parser.add_argument(
        "--credentials",
        action="store_true",
        help="look for what looks like a real credential, too: keys of providers, passwords in "
        "URLs, private keys, whosever they are; values are still needed",
    )
    parser.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="GLOB",
        help="paths in folders to leave out, such as '*/fixtures/*'; repeatable",
    )
    parser.set_defaults(run=_scan)


def _scan(options: argparse.Namespace) -> int:
    # Here, so that pytest and --version do without.
    from pytest_julep_secrets import made_up
    from pytest_julep_secrets.artefacts.helpers import helpers_here
    from pytest_julep_secrets.artefacts.scan import Settings, scan
    from pytest_julep_secrets.artefacts.values import Values, merge

    # Before it takes long.
    to = output.outputs(options.reports)
    known = values.read(options, values.stdin(), os.environ)
    if options.made_up:
        known = merge([known, Values(((made_up.LABEL, made_up.TAG),))])
    for note in known.notes:
        print(note, file=sys.stderr)  # noqa: T201 - this is the command
    progress = Progress(sys.stderr)
    now = time.time() if options.credentials else None
    settings = Settings(now, tuple(options.exclude), progress.add, helpers_here())
    report = scan(options.paths, known.watch(), settings)
    progress.end()
    return output.write(report, to)
