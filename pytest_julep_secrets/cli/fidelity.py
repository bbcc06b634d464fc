"""`julep-secrets fidelity`: what the fake was held to."""

from __future__ import annotations

import argparse
import json
from typing import Final

from pytest_julep_secrets.cli.helping import HelpFormatter
from pytest_julep_secrets.cli.writing import UnwrittenError, complain, to_stdout

_FIDELITY: Final = """\
Print which server the fake was compared with, in how many recorded exchanges
and promises, and where it is known to answer otherwise, and why."""

_MORE: Final = """\
exit status:
  0  all was printed
  2  not all could be printed; or wrong usage

examples:
  julep-secrets fidelity
  julep-secrets fidelity --json"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "fidelity",
        help="print what the fake was held to",
        description=_FIDELITY,
        epilog=_MORE,
        formatter_class=HelpFormatter,
    )
    parser.add_argument(
        "--json", action="store_true", help="print the certificate as the JSON file that ships"
    )
    parser.set_defaults(run=_fidelity)


def _fidelity(options: argparse.Namespace) -> int:
    from pytest_julep_secrets.contract.certificate import readable, shipped

    text = shipped()
    try:
        to_stdout(text.splitlines() if options.json else readable(json.loads(text)))
    except UnwrittenError:
        complain("Not everything was printed: standard output is closed.")
        return 2
    return 0
