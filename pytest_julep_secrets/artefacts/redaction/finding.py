"""The files of some paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pytest_julep_secrets.artefacts.artefact import Problem
from pytest_julep_secrets.artefacts.opening.walk import Names, find_files


class Item(NamedTuple):
    """A file to look at.

    Attributes:
        path: Where it is.
        inside: Where it belongs in a copy of what was given: the name of the path that was given,
            and the way from there.
    """

    path: Path
    inside: Path


def items(
    paths: Iterable[Path], exclude: Iterable[str], on_problem: Callable[[Problem], object]
) -> Iterator[Item]:
    """Give files, and those in folders, by name, as a scan does.

    Args:
        paths: Files and folders.
        exclude: Patterns for paths in folders that are left out, such as "*/cache/*".
        on_problem: Is told of what cannot be looked at.
    """
    excluded = list(exclude)
    for path in paths:
        top = Path(top_name(path))
        for found in find_files([path], excluded, on_problem):
            if not isinstance(found, Names):
                yield Item(found, top / found.relative_to(path))


def top_name(path: Path) -> str:
    """Return what a path is called in a copy: "." and ".." by what they lead to."""
    return path.name if path.name not in {"", ".."} else path.resolve().name
