"""Where reports go: `--report FORMAT[=FILE]`."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pytest_julep_secrets.cli.writing import UnwrittenError, append, complain, replace, to_stdout
from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.reports.entry import Report
from pytest_julep_secrets.reports.formats import FORMATS

# Lines among others: these can follow one another. The rest has to be alone.
_LINES: Final = frozenset({"text", "github"})


@dataclass(frozen=True, slots=True)
class Output:
    """A report to write.

    Attributes:
        format: One of `FORMATS`.
        file: Where to; None is standard output.
    """

    format: str
    file: Path | None = None


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the option to a command's parser, as `reports`."""
    parser.add_argument(
        "--report",
        dest="reports",
        action="append",
        default=[],
        metavar="FORMAT[=FILE]",
        help=f"how to tell, and where: {', '.join(FORMATS)}. Without a file it goes to standard "
        "output, which shows text unless another format goes there. A file is replaced; markdown "
        "is added to the end of $GITHUB_STEP_SUMMARY; repeatable",
    )


def outputs(specs: Iterable[str]) -> tuple[Output, ...]:
    """Read what `--report` was given; text goes to standard output unless something else does.

    Raises:
        ConfigurationError: An unknown format, no folder for a file, or two reports for one place.
    """
    given = [_output(spec) for spec in specs]
    printed = [output.format for output in given if output.file is None]
    if len(printed) > 1 and (len(set(printed)) < len(printed) or not _LINES.issuperset(printed)):
        raise ConfigurationError(
            f"Only one report can go to standard output, not {' and '.join(map(repr, printed))}. "
            f"Give the other a file: --report {printed[-1]}=FILE"
        )
    places = Counter(output.file.resolve() for output in given if output.file is not None)
    for place, times in places.items():
        if times > 1:
            raise ConfigurationError(
                f"Two reports would go to the file '{place.name}'. Give each a file of its own."
            )
    return tuple(given) if printed else (Output("text"), *given)


def write(report: Report, to: Iterable[Output], environ: Mapping[str, str] = os.environ) -> int:
    """Write a report in each way; one that fails does not keep the others from being written.

    What went wrong is said on standard error.

    Args:
        report: What to tell.
        to: How, and where.
        environ: Where GITHUB_STEP_SUMMARY may be set.

    Returns:
        The exit status: the report's, or 2 if it did not get to where it should.
    """
    status = report.status
    for output in to:
        lines = FORMATS[output.format](report)
        try:
            if output.file is None:
                to_stdout(lines)
            elif output.format == "markdown" and _is_summary(output.file, environ):
                append(output.file, lines)
            else:
                replace(output.file, lines)
        except UnwrittenError as error:
            complain(str(error))
            status = 2
    return status


def _output(spec: str) -> Output:
    name, equals, file = spec.partition("=")
    if name not in FORMATS:
        raise ConfigurationError(
            f"There is no report format '{name}'. Formats are: {', '.join(FORMATS)}."
        )
    if not equals:
        return Output(name)
    path = Path(file)
    if not file or path.is_dir():
        raise ConfigurationError(
            f"The report '{spec}' has no file to go to. Name one: --report {name}=FILE"
        )
    if not path.parent.is_dir():
        raise ConfigurationError(
            f"There is no folder '{path.parent}' for the report '{spec}'. "
            "Make it first, or name a file elsewhere."
        )
    return Output(name, path)


def _is_summary(file: Path, environ: Mapping[str, str]) -> bool:
    summary = environ.get("GITHUB_STEP_SUMMARY")
    return bool(summary) and file.resolve() == Path(summary or "").resolve()
