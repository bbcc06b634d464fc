"""From paths to what is to be searched."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from pytest_julep_secrets.artefacts.artefact import Artefact, Problem, UnreadableError
from pytest_julep_secrets.artefacts.opening.limits import Budget, Limits
from pytest_julep_secrets.artefacts.opening.plain import PlainFile
from pytest_julep_secrets.artefacts.opening.unpacking import Unpacking
from pytest_julep_secrets.artefacts.opening.walk import Names, find_files

DEFAULTS: Final = Limits()


def artefacts(
    paths: Iterable[Path],
    on_problem: Callable[[Problem], object],
    limits: Limits = DEFAULTS,
    exclude: Iterable[str] = (),
) -> Iterator[Artefact]:
    """Open files, those in folders, and what is in archives, one after the other.

    What a file is, is told by its bytes. Of an archive, its files are given and the names in it; of
    a compressed file, its text, by the file's own path. What cannot be unpacked, or not to its end,
    is a problem, and given as it is besides.

    Names may hold values, so the names in folders are given too. A path that is shown has to be
    redacted by who shows it.

    Args:
        paths: Files and folders, see `find_files`.
        on_problem: Is told of what cannot be opened or unpacked; the rest is given all the same.
            What reading an artefact raises is not told here.
        limits: Where unpacking stops.
        exclude: Patterns for paths in folders that are left out, such as "*/fixtures/*".

    Returns:
        Artefacts. Each can be read until the next one is asked for.
    """
    for found in find_files(paths, exclude, on_problem):
        if isinstance(found, Names):
            yield _names(found)
            continue
        path = found.as_posix()
        try:
            file = PlainFile(found)
        except UnreadableError as error:
            on_problem(Problem(path, error.reason))
            continue
        with file:
            yield from Unpacking(on_problem, Budget(limits, file.size)).open(path, file)


def _names(names: Names) -> Artefact:
    text = "\n".join(names.lines).encode("utf-8", "surrogateescape")
    return Artefact(names.path, io.BytesIO(text), is_names=True)
