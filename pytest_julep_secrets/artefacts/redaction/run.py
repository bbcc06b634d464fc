"""From paths and values to files without them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, Final, NamedTuple

from pytest_julep_secrets.artefacts.artefact import Problem, UnreadableError
from pytest_julep_secrets.artefacts.helpers import Helpers, helpers_here
from pytest_julep_secrets.artefacts.manifest import is_manifest
from pytest_julep_secrets.artefacts.opening import artefacts
from pytest_julep_secrets.artefacts.redaction import content
from pytest_julep_secrets.artefacts.redaction.finding import Item, items
from pytest_julep_secrets.artefacts.redaction.job import Job
from pytest_julep_secrets.artefacts.redaction.places import Place
from pytest_julep_secrets.artefacts.redaction.refusal import RefusedError
from pytest_julep_secrets.artefacts.redaction.saving import is_unfinished, version_of, written
from pytest_julep_secrets.artefacts.redaction.streams import PART
from pytest_julep_secrets.leaks.chunks import Finder
from pytest_julep_secrets.leaks.watch import Watch

_HEAD: Final = 64
_SIGNATURES: Final = (".asc", ".sig", ".minisig", ".sigstore", ".sigstore.json", ".p7s")
_UNKNOWN: Final = "A value is in it where nothing can be replaced."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done with a file, or would be.

    Attributes:
        path: As it may be shown: without values.
        replaced: How often each name was put in place of a value.
        refused: Why it was left as it is, though it holds a value or may hold one; or "".
        note: What else there is to say; or "".
    """

    path: str
    replaced: Mapping[str, int] = field(default_factory=dict)
    refused: str = ""
    note: str = ""


def redact(
    paths: Iterable[Path],
    watch: Watch,
    place: Place,
    exclude: Iterable[str] = (),
    sources: Iterable[Path] = (),
) -> Iterator[Outcome]:
    """Replace values in files, and those in folders, one after the other.

    Args:
        paths: Files and folders.
        watch: The values.
        place: Where redacted files go.
        exclude: Patterns for paths in folders that are left out.
        sources: Where the values come from: files that are never rewritten.
    """
    kept = {os.path.realpath(source) for source in sources}
    problems: list[Problem] = []
    seen: set[str] = set()
    with closing(Helpers(helpers_here())) as helpers:
        # What is rewritten is not always searched to its end, which others cannot help with.
        tools = _Tools(watch, Finder(watch, share=helpers), Finder(watch), place)
        for item in items(paths, exclude, problems.append):
            real = os.path.realpath(item.path)
            if real not in seen or place.takes_all:
                seen.add(real)
                yield _outcome(item, tools, is_source=real in kept)
    for problem in problems:
        yield Outcome(watch.redact(problem.path), refused=problem.reason)


class _Tools(NamedTuple):
    """What all files have in common."""

    watch: Watch
    looking: Finder
    rewriting: Finder
    place: Place


def _outcome(item: Item, tools: _Tools, *, is_source: bool) -> Outcome:
    shown = tools.watch.redact(item.path.as_posix())
    if is_unfinished(item.path.name):
        return Outcome(shown, note="left out: of a run that was interrupted, or is still going on.")
    job = Job(tools.rewriting)
    try:
        _check_path(item, shown, is_source=is_source)
        _redact(item, job, tools)
    except (RefusedError, UnreadableError) as error:
        return Outcome(shown, refused=error.reason)
    except (OSError, ValueError) as error:
        return Outcome(shown, refused=_why(error))
    return Outcome(shown, job.replaced)


def _check_path(item: Item, shown: str, *, is_source: bool) -> None:
    if shown != item.path.as_posix():
        raise RefusedError("Its name holds a value.", "Rename it.")
    if is_source:
        raise RefusedError("It is where the values come from.", "Never upload it.")


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "There is no such file. Check the path."
    told = error.strerror if isinstance(error, OSError) else "there can be no such path"
    return f"It cannot be read or written: {told}."


def _redact(item: Item, job: Job, tools: _Tools) -> None:
    place = tools.place
    status = item.path.stat()
    if not S_ISREG(status.st_mode):
        raise RefusedError("It is no file.", "Leave it out with --exclude.")
    with item.path.open("rb") as file:
        if is_manifest(file.read(_HEAD)):
            raise RefusedError(
                "It is the manifest of a test run, which holds values.", "Never upload it."
            )
        if not _holds_value(item.path, tools.looking):
            if place.takes_all:
                with _written(file, item, status, place) as new:
                    place.put(new, item)
            return
        _check_signature(item.path)
        place.check(item, status)
        result = content.redacted(file, job)
    if result is None:
        raise RefusedError(job.left or _UNKNOWN, job.advice)
    with result, _written(result, item, status, place) as new:
        # A scan may see more than was replaced.
        if _holds_value(new, tools.looking):
            raise RefusedError(job.left or _UNKNOWN, job.advice)
        place.put(new, item)


@contextmanager
def _written(result: BinaryIO, item: Item, status: os.stat_result, place: Place) -> Iterator[Path]:
    with written(result, place.folder(item), status, place.open_new) as new:
        if version_of(item.path.stat()) != version_of(status):
            raise RefusedError(
                "It was changed meanwhile.", "Run this again when nothing writes to it."
            )
        yield new


def _holds_value(path: Path, finder: Finder) -> bool:
    """Look at a file as a scan does.

    Raises:
        UnreadableError: If it cannot be searched to its end.
    """
    problems: list[Problem] = []
    found = False
    for artefact in artefacts([path], problems.append):
        # The path's own names are none of the file's.
        if artefact.path != "./":
            found = _count(finder.find_in(_chunks(artefact.file))) > 0 or found
    if problems:
        raise UnreadableError(problems[0].reason)
    return found


def _count(hits: Iterable[object]) -> int:
    return sum(1 for _ in hits)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(PART):
        yield chunk


def _check_signature(path: Path) -> None:
    for ending in _SIGNATURES:
        if os.path.lexists(f"{path}{ending}"):
            raise RefusedError(
                f"Its signature is beside it ({ending}), and would not fit any more.",
                "Leave both out of what you upload.",
            )
