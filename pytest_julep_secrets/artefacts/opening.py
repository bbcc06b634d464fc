"""From paths to what is to be searched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pytest_julep_secrets.artefacts.artefact import Artefact, Problem


def artefacts(paths: Iterable[Path], on_problem: Callable[[Problem], object]) -> Iterator[Artefact]:
    """Open files, those in folders, and what is in archives, one after the other.

    Args:
        paths: Files and folders.
        on_problem: Is told of what cannot be opened or unpacked; the rest is given all the same.
    """
    for path in paths:
        try:
            with path.open("rb") as file:
                yield Artefact(path.as_posix(), file)
        except OSError as error:
            on_problem(Problem(path.as_posix(), f"It cannot be read: {error.strerror}."))
