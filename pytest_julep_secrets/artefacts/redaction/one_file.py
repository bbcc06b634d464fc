"""One file of the disk: looked at, rewritten, looked at again, and put where it belongs."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, Final, NamedTuple

from pytest_julep_secrets.artefacts.artefact import Problem, UnreadableError
from pytest_julep_secrets.artefacts.opening import artefacts
from pytest_julep_secrets.artefacts.redaction import content
from pytest_julep_secrets.artefacts.redaction.finding import Item
from pytest_julep_secrets.artefacts.redaction.job import Job
from pytest_julep_secrets.artefacts.redaction.places import Place
from pytest_julep_secrets.artefacts.redaction.refusal import RefusedError
from pytest_julep_secrets.artefacts.redaction.saving import version_of, written
from pytest_julep_secrets.artefacts.redaction.streams import PART
from pytest_julep_secrets.artefacts.values.manifest import is_manifest
from pytest_julep_secrets.leaks.chunks import Finder

_HEAD: Final = 64
# Another run of the command may be at the same file; a log that is written to stays as it is.
_ATTEMPTS: Final = 2
_SIGNATURES: Final = (".asc", ".sig", ".minisig", ".sigstore", ".sigstore.json", ".p7s")
_UNKNOWN: Final = "A value is in it where nothing can be replaced."


class Tools(NamedTuple):
    """What all files have in common.

    Attributes:
        looking: Finds values in what is read to its end.
        rewriting: Finds them in what is not.
        place: Where redacted files go.
    """

    looking: Finder
    rewriting: Finder
    place: Place


class _ChangedError(RefusedError):
    """A file is not what it was."""


def redact_file(item: Item, tools: Tools) -> Counter[str]:
    """Redact a file.

    Returns:
        How often each name was put in place of a value.

    Raises:
        RefusedError: If it holds a value and cannot be rewritten; it is as it was.
        UnreadableError: If what is in it cannot be searched.
        OSError: If it cannot be read or written.
    """
    for _ in range(_ATTEMPTS - 1):
        try:
            return _redact(item, tools)
        except _ChangedError:
            continue
    return _redact(item, tools)


def _redact(item: Item, tools: Tools) -> Counter[str]:
    place, job = tools.place, Job(tools.rewriting)
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
                with written(file, place.folder(item), status, place.open_new) as new:
                    _put(new, item, status, place)
            return job.replaced
        _check_signature(item.path)
        place.check(item, status)
        # Of what is written to all the time it can be told before most of the work.
        _check_unchanged(item, status)
        result = content.redacted(file, job)
    _check_unchanged(item, status)
    if result is None:
        raise RefusedError(job.left or _UNKNOWN, job.advice)
    with result, written(result, place.folder(item), status, place.open_new) as new:
        # A scan may see more than was replaced.
        if _holds_value(new, tools.looking):
            raise RefusedError(job.left or _UNKNOWN, job.advice)
        _put(new, item, status, place)
    return job.replaced


def _put(new: Path, item: Item, status: os.stat_result, place: Place) -> None:
    _check_unchanged(item, status)
    place.put(new, item)


def _check_unchanged(item: Item, status: os.stat_result) -> None:
    if version_of(item.path.stat()) != version_of(status):
        raise _ChangedError("It was changed meanwhile.", "Try again when nothing writes to it.")


def _holds_value(path: Path, finder: Finder) -> bool:
    """Look at a file as a scan does.

    Raises:
        UnreadableError: If it cannot be searched to its end.
    """
    problems: list[Problem] = []
    found = 0
    for artefact in artefacts([path], problems.append):
        # The path's own names are none of the file's.
        if artefact.path != "./":
            found += _count(finder.find_in(_chunks(artefact.file)))
    if problems:
        raise UnreadableError(problems[0].reason)
    return found > 0


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
