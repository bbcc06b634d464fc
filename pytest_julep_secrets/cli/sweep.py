"""`julep-secrets sweep`: what crashed runs of the contract have left on a server."""

from __future__ import annotations

import argparse
from typing import Final

from pytest_julep_secrets.cli.helping import HelpFormatter
from pytest_julep_secrets.cli.writing import UnwrittenError, complain, to_stdout

_SWEEP: Final = """\
Delete the secrets that runs of the contract have left on a server: those
whose names begin as only the contract's do, contract_ and twelve digits.
Others are not touched. It asks nothing, and prints each name. Do not sweep
while a run is under way: its secrets are swept, too.

The API key is read from the environment variable JULEP_CONTRACT_KEY."""

_MORE: Final = """\
exit status:
  0  all were deleted, or there were none
  2  something could not be done; or wrong usage

examples:
  JULEP_CONTRACT_KEY=... julep-secrets sweep http://localhost:8080"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "sweep",
        help="delete what crashed runs of the contract have left on a server",
        description=_SWEEP,
        epilog=_MORE,
        formatter_class=HelpFormatter,
    )
    parser.add_argument(
        "url", metavar="URL", help="the server's base URL, as given to the contract"
    )
    parser.add_argument(
        "--header",
        default="Authorization: Bearer",
        metavar="NAME[: SCHEME]",
        help="the header that carries the key, such as X-Auth-Key; default: '%(default)s'",
    )
    parser.add_argument(
        "--developer", metavar="UUID", help="whose secrets, on a server for many developers"
    )
    parser.add_argument(
        "--julep-secrets-live",
        "--live",
        dest="live",
        action="store_true",
        help="sweep although the server is Julep's own, or looks like production by its name",
    )
    parser.set_defaults(run=_sweep)


def _sweep(options: argparse.Namespace) -> int:
    # Here, so that other commands do without httpx.
    from pytest_julep_secrets.contract.chosen import Options, at
    from pytest_julep_secrets.contract.cleaning import sweep
    from pytest_julep_secrets.contract.probe import look
    from pytest_julep_secrets.reports.shown import shown

    target = at(Options(options.url, options.header, options.developer, options.live))
    look(target)
    counts = {True: 0, False: 0}
    try:
        for name, gone in sweep(target):
            counts[gone] += 1
            to_stdout([f"{'Deleted' if gone else 'NOT deleted'}: '{shown(name)}'"])
        to_stdout([f"Deleted: {counts[True]}. Left: {counts[False]}."])
    except UnwrittenError:
        complain("Not everything was printed: standard output is closed.")
        return 2
    finally:
        target.close()
    return 2 if counts[False] else 0
