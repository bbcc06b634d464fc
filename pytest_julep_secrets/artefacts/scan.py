"""From paths and values to a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.artefact import Artefact, Problem, UnreadableError
from pytest_julep_secrets.artefacts.opening import artefacts
from pytest_julep_secrets.leaks.chunks import Hit, find_in
from pytest_julep_secrets.leaks.watch import Watch
from pytest_julep_secrets.reports.entry import UNREADABLE, Entry, Report

_CHUNK: Final = 1 << 20


def scan(paths: Iterable[Path], watch: Watch) -> Report:
    """Look through files, those in folders and in archives.

    Args:
        paths: Files and folders.
        watch: The values.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    files = 0
    for artefact in artefacts(paths, problems.append):
        files += 1
        hits: list[Hit] = []
        try:
            hits.extend(find_in(_chunks(artefact.file), watch))
        except UnreadableError as error:
            problems.append(Problem(artefact.path, error.reason))
        entries += [_entry(artefact, hit) for hit in hits]
    entries += [Entry(one.path, 1, 1, UNREADABLE, one.reason) for one in problems]
    return Report(tuple(sorted(entries)), files)


def _entry(artefact: Artefact, hit: Hit) -> Entry:
    message = f"Secret '{hit.label}' is here."
    return Entry(
        artefact.path, hit.line, hit.column, "leaks", message, name=hit.label, form=hit.form
    )


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
