"""`julep-secrets redact`: secret values out of what a test run leaves behind."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pytest_julep_secrets.cli import values
from pytest_julep_secrets.cli.helping import HelpFormatter
from pytest_julep_secrets.cli.writing import UnwrittenError, complain, to_stdout
from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.reports.shown import shown
from pytest_julep_secrets.reports.words import many

if TYPE_CHECKING:
    from pytest_julep_secrets.artefacts.redaction.places import Place
    from pytest_julep_secrets.artefacts.redaction.run import Outcome
    from pytest_julep_secrets.leaks.watch import Watch

_REDACT: Final = """\
Put REDACTED:NAME in place of secret values, in files and those in folders:
text, JSON, XML, HTML, the same compressed (gzip, bzip2, xz), and in zip and
tar archives. All else stays as it is, and a file that holds no value is not
touched. What cannot be rewritten safely is left as it is, and named. A value
is never printed."""

_MORE: Final = """\
exit status:
  0  done, or there was nothing to do
  1  with --check: something would be redacted
  2  a file was refused or could not be read, whatever was done with others;
     or wrong usage
  3  no value was given that can be looked for, and no file looked at

examples:
  julep-secrets redact out --output clean --manifest manifest.json
  julep-secrets redact report.html --values .env --check"""

_NO_VALUES: Final = (
    "No value was given, so nothing was looked at. Say which: --env NAME, --values FILE, or "
    "--manifest FILE of a test run."
)
_DONE, _WOULD_REDACT, _REFUSED, _INERT = range(4)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "redact",
        help="replace secret values in files",
        description=_REDACT,
        epilog=_MORE,
        formatter_class=HelpFormatter,
    )
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a file or folder to redact"
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        help="write copies to this folder, which is new or empty, of files without values too; "
        "default: each file is replaced where it is",
    )
    parser.add_argument(
        "--check", action="store_true", help="tell what would be redacted, and change nothing"
    )
    parser.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="GLOB",
        help="paths in folders to leave out, such as '*/fixtures/*'; repeatable",
    )
    values.add_to(parser)
    parser.set_defaults(run=_redact)


def _redact(options: argparse.Namespace) -> int:
    # Here, so that pytest and --version do without.
    from pytest_julep_secrets.artefacts.redaction.places import Nowhere

    watch = _watch(options)
    place = _place(options, watch)
    if not len(watch):
        complain(_NO_VALUES)
        return _INERT
    try:
        if not options.check:
            return _told(options, watch, place)
        with tempfile.TemporaryDirectory() as folder:
            return _told(options, watch, Nowhere(place, Path(folder)))
    except KeyboardInterrupt:
        complain("Interrupted. No file is half done; those that were not told of are as they were.")
        return _REFUSED


def _watch(options: argparse.Namespace) -> Watch:
    given = values.read(options, values.stdin(), os.environ)
    for note in given.notes:
        complain(note)
    return given.watch()


def _place(options: argparse.Namespace, watch: Watch) -> Place:
    from pytest_julep_secrets.artefacts.redaction.places import Elsewhere, InPlace

    if not options.output:
        return InPlace()
    name = options.output.as_posix()
    shown_name = watch.redact(name)
    if shown_name != name:
        raise ConfigurationError(
            f"--output '{shown_name}' holds a value in its name.\nGive a folder of another name."
        )
    try:
        return Elsewhere(options.output, options.paths)
    except ConfigurationError as error:
        # A path that it names may hold a value.
        raise ConfigurationError(watch.redact(str(error))) from None


def _told(options: argparse.Namespace, watch: Watch, place: Place) -> int:
    """Redact, and tell what is done as it is done."""
    from pytest_julep_secrets.artefacts.redaction.run import redact

    sources = [Path(source) for source in (*options.values, *options.manifest)]
    outcomes = redact(options.paths, watch, place, options.exclude, sources)
    counts: Counter[str] = Counter()
    lines = _lines(outcomes, "would be redacted" if options.check else "redacted", counts)
    try:
        to_stdout(lines)
    except UnwrittenError as error:
        # Nobody reads it, but there is more to do.
        counts["refused"] += sum(0 for _ in lines) + 1
        complain(f"{str(error).partition('. ')[0]}. All files were looked at all the same.")
    if counts["refused"]:
        return _REFUSED
    return _WOULD_REDACT if options.check and counts["redacted"] else _DONE


def _lines(outcomes: Iterable[Outcome], done: str, counts: Counter[str]) -> Iterator[str]:
    for outcome in outcomes:
        path = shown(outcome.path)
        if outcome.note:
            yield f"{path}: {outcome.note}"
        elif outcome.refused:
            counts["refused"] += 1
            yield f"{path}: refused: {outcome.refused}"
        elif outcome.replaced:
            counts["redacted"] += 1
            names = ", ".join(outcome.replaced)
            yield f"{path}: {many(sum(outcome.replaced.values()), 'value')} {done} ({names})"
        else:
            counts["clean"] += 1
    told = f"{many(counts['redacted'], 'file')} {done}, {counts['clean']} clean."
    yield told + (f" Refused: {counts['refused']}." if counts["refused"] else "")
