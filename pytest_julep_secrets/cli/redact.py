"""`julep-secrets redact`: secret values out of what a test run leaves behind."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from pytest_julep_secrets.cli import values

if TYPE_CHECKING:
    from pytest_julep_secrets.artefacts.redaction.places import Place
    from pytest_julep_secrets.artefacts.redaction.run import Outcome
    from pytest_julep_secrets.leaks.watch import Watch

_REDACT: Final = """\
Put REDACTED:NAME in place of secret values, in files and those in folders: text, JSON, XML,
HTML, these compressed (gzip, bzip2, xz), and in zip and tar archives. All else stays as it is,
and a file that holds no value is not touched. What cannot be rewritten safely is left as it is,
and named."""

_STATUS: Final = """\
exit status: 0 done, or nothing was to do; 1 with --check, if something would be redacted; 2 a
file was refused or could not be read, whatever was done with others, or wrong usage; 3 no value
was given, and no file looked at. A value is never printed."""

_DONE, _WOULD_REDACT, _REFUSED, _INERT = range(4)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "redact",
        help="replace secret values in files",
        description=_REDACT,
        epilog=_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or folder")
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        help="write copies there, of files without values too, and leave the files as they are; "
        "a new or empty folder",
    )
    parser.add_argument(
        "--check", action="store_true", help="tell what would be done, and change nothing"
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
    from pytest_julep_secrets.artefacts.redaction.places import (  # noqa: PLC0415
        Elsewhere,
        InPlace,
        Nowhere,
    )

    watch = _watch(options)
    place: Place = Elsewhere(options.output, options.paths) if options.output else InPlace()
    if not len(watch):
        _tell("No value to look for: nothing was looked at. Give some with --env, --values or "
              "--manifest.")  # fmt: skip
        return _INERT
    try:
        if not options.check:
            return _told(options, watch, place, "redacted")
        with tempfile.TemporaryDirectory() as folder:
            return _told(options, watch, Nowhere(place, Path(folder)), "would be redacted")
    except KeyboardInterrupt:
        _print("Interrupted. No file is half done: the rest is as it was.", sys.stderr)
        return _REFUSED


def _watch(options: argparse.Namespace) -> Watch:
    from pytest_julep_secrets.leaks.watch import Watch  # noqa: PLC0415

    given = values.read(options, sys.stdin.buffer, os.environ)
    watch = Watch()
    for name, value in given.pairs:
        watch.add(name, value, "given")
    for note in given.notes:
        _print(note, sys.stderr)
    return watch


def _told(options: argparse.Namespace, watch: Watch, place: Place, done: str) -> int:
    from pytest_julep_secrets.artefacts.redaction.run import redact  # noqa: PLC0415

    counts = [0, 0, 0]
    sources = [Path(source) for source in (*options.values, *options.manifest)]
    for outcome in redact(options.paths, watch, place, options.exclude, sources):
        counts[_kind(outcome)] += not outcome.note
        for line in _lines(outcome, done):
            _tell(line)
    clean, redacted, refused = counts
    told = f"{_many(redacted, 'file')} {done}, {clean} clean."
    _tell(told + (f" Refused: {refused}." if refused else ""))
    if refused:
        return _REFUSED
    return _WOULD_REDACT if options.check and redacted else _DONE


def _kind(outcome: Outcome) -> int:
    return 2 if outcome.refused else 1 if outcome.replaced else 0


def _lines(outcome: Outcome, done: str) -> Iterator[str]:
    if outcome.refused:
        yield f"{outcome.path}: refused: {outcome.refused}"
    elif outcome.replaced:
        count = _many(sum(outcome.replaced.values()), "value")
        yield f"{outcome.path}: {count} {done} ({', '.join(outcome.replaced)})"
    if outcome.note:
        yield f"{outcome.path}: {outcome.note}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _tell(line: str) -> None:
    _print(line, sys.stdout)


def _print(line: str, stream: TextIO) -> None:
    # A file may be called what the terminal cannot show, or what looks like another line.
    encoding = stream.encoding or "utf-8"
    told = line.translate(_CONTROLS).encode(encoding, "backslashreplace").decode(encoding)
    print(told, file=stream)


_CONTROLS: Final = {code: f"\\x{code:02x}" for code in (*range(32), 127)}
