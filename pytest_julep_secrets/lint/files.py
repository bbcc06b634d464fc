"""Which files are looked at, and as what."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from stat import S_ISREG
from typing import Final

from pytest_julep_secrets.documents.unreadable import UnreadableError
from pytest_julep_secrets.lint import dotenv, json, python, yaml
from pytest_julep_secrets.lint.mention import Mention

Read = Callable[[bytes], tuple[str, list[Mention]]]

_KINDS: Final[tuple[tuple[str, Read], ...]] = (
    ("*.py", python.read),
    ("*.pyi", python.read),
    ("*.yaml", yaml.read),
    ("*.yml", yaml.read),
    ("*.json", json.read),
    (".env", dotenv.read),
    (".env.*", dotenv.read),
    ("*.env", dotenv.read),
)
_SKIPPED: Final = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".tox", ".nox"})
_CACHES: Final = ("*_cache", ".cache", "*.egg-info")


def reader_of(path: Path) -> Read | None:
    """Return what reads a file, by its name; None if it is of no known kind."""
    return next((read for pattern, read in _KINDS if fnmatch(path.name, pattern)), None)


def read_file(path: Path) -> tuple[str, list[Mention]]:
    """Read a file.

    Returns:
        Its text, and what it mentions.

    Raises:
        UnreadableError: If it cannot be read, or is of no known kind.
    """
    try:
        # A pipe would be waited for.
        if not S_ISREG(path.stat().st_mode):
            raise UnreadableError("It is no file.")
        read = reader_of(path)
        if read is None:
            known = ", ".join(pattern for pattern, _ in _KINDS)
            raise UnreadableError(f"Files of this kind are not known. Known: {known}")
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no possible path"
        raise UnreadableError(f"It cannot be read: {reason}.") from None
    return read(raw)


def find_files(
    paths: Iterable[Path], exclude: Iterable[str], on_error: Callable[[OSError], None]
) -> Iterator[Path]:
    """Give the files of some paths: files themselves, and those of known kinds in directories.

    Version control, caches, virtual environments and `node_modules` are left out, and links to
    directories are not followed.

    Args:
        paths: Files and directories.
        exclude: Patterns for paths in directories that are left out, such as "*/fixtures/*".
        on_error: Is told of a directory that cannot be read.
    """
    excluded = list(exclude)
    for path in paths:
        # Not the path's own, which raises where it may not look.
        if os.path.isdir(path):  # noqa: PTH112
            yield from _walk(path, excluded, on_error)
        else:
            yield path


def _walk(top: Path, exclude: list[str], on_error: Callable[[OSError], None]) -> Iterator[Path]:
    for folder, folders, names in os.walk(top, onerror=on_error):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not _is_skipped(here / name, exclude))
        for path in (here / name for name in sorted(names)):
            if reader_of(path) is not None and not _matches(path.as_posix(), exclude):
                yield path


def _is_skipped(folder: Path, exclude: list[str]) -> bool:
    return (
        folder.name in _SKIPPED
        or _matches(folder.name, _CACHES)
        or _matches(folder.as_posix(), exclude)
        or (folder / "pyvenv.cfg").exists()
    )


def _matches(text: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(text, pattern) for pattern in patterns)
