"""Which files are looked at: those that are named, and those in folders."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from pytest_julep_secrets.artefacts.artefact import Problem
from pytest_julep_secrets.artefacts.opening.plain import refusal


class Names(NamedTuple):
    """What is in a folder: names may hold values too.

    Attributes:
        path: The folder, with a slash at its end; "./" for the paths that were given.
        lines: The names.
    """

    path: str
    lines: tuple[str, ...]


def find_files(
    paths: Iterable[Path], exclude: Iterable[str], on_problem: Callable[[Problem], object]
) -> Iterator[Path | Names]:
    """Give files: those that are named, and all that are in folders, each once.

    Links are followed, to files and to folders, also out of the folder they are in. What was
    already given by another path is not given again. A link to a folder that it is in would never
    end: that is a problem, and so is what is no file: a pipe, a socket, a device.

    Args:
        paths: Files and folders.
        exclude: Patterns for paths in folders that are left out, such as "*/fixtures/*".
        on_problem: Is told of what cannot be looked at.

    Returns:
        Files and what is in folders, in the order of the names; before what is in a folder, its
        names. The names of the paths that were given come first.
    """
    given = list(paths)
    if given:
        yield Names("./", tuple(path.as_posix() for path in given))
    walk = _Walk(tuple(exclude), on_problem)
    for path in given:
        yield from walk.visit(path)


@dataclass(slots=True)
class _Walk:
    exclude: tuple[str, ...]
    on_problem: Callable[[Problem], object]
    seen: set[str] = field(default_factory=set)

    def visit(self, top: Path) -> Iterator[Path | Names]:
        """Give what a path leads to. Not by recursion, as folders may be nested very deep."""
        try:
            ahead = [(top, os.path.realpath(top.parent))]
        except ValueError as error:
            self._tell(top, refusal(error).reason)
            return
        while ahead:
            path, folder = ahead.pop()
            real = self._real(path, folder)
            if real is None or real in self.seen:
                continue
            self.seen.add(real)
            if not path.is_dir():
                yield path
                continue
            inside = self._inside(path)
            if inside:
                yield Names(f"{path.as_posix()}/", tuple(one.name for one in inside))
            ahead += [(one, real) for one in reversed(inside)]

    def _real(self, path: Path, folder: str) -> str | None:
        """Return what a path in a folder leads to, None if to nothing that can be looked at."""
        try:
            mode = path.stat().st_mode
            is_link = path.is_symlink()
        except (OSError, ValueError) as error:
            self._tell(path, _lost_link(path, error) or refusal(error).reason)
            return None
        if not (S_ISDIR(mode) or S_ISREG(mode)):
            self._tell(path, "It is a pipe, a socket or a device. Leave it out with --exclude.")
            return None
        # The way up is known already, unless this is a link or has dots.
        real = os.path.realpath(path) if is_link or path.name in {"", ".."} else None
        real = real or os.path.join(folder, path.name)  # noqa: PTH118 - a text, as realpath's
        if is_link and S_ISDIR(mode) and Path(folder).is_relative_to(real):
            self._tell(
                path,
                "It is a link to a folder that it is in itself. Remove the link, or leave it out "
                "with --exclude.",
            )
            return None
        return real

    def _inside(self, folder: Path) -> list[Path]:
        try:
            names = sorted(os.listdir(folder))  # noqa: PTH208 - the names are what is needed
        except OSError as error:
            self._tell(folder, refusal(error).reason)
            return []
        inside = [folder / name for name in names]
        return [path for path in inside if not self._is_excluded(path)]

    def _is_excluded(self, path: Path) -> bool:
        return any(fnmatch(path.as_posix(), pattern) for pattern in self.exclude)

    def _tell(self, path: Path, reason: str) -> None:
        self.on_problem(Problem(path.as_posix(), reason))


def _lost_link(path: Path, error: OSError | ValueError) -> str | None:
    try:
        is_link = path.is_symlink()
    except (OSError, ValueError):
        return None
    if not is_link or not isinstance(error, OSError):
        return None
    where = {errno.ENOENT: "nothing", errno.ELOOP: "itself"}.get(error.errno or 0)
    return where and (
        f"It is a link that leads to {where}. Remove it, or leave it out with --exclude."
    )
