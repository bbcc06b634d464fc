"""New files, whole or not at all: written beside where they belong, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE
from typing import BinaryIO, Final, NamedTuple

from pytest_julep_secrets.artefacts.redaction.streams import copy_range

_PREFIX: Final = ".julep-secrets-redact-"
_SUFFIX: Final = ".tmp"

Open = Callable[[int], BinaryIO]


class Version(NamedTuple):
    """What is another one when a file was changed."""

    device: int
    inode: int
    size: int
    changed: int


def version_of(status: os.stat_result) -> Version:
    """Say which version of a file this is."""
    return Version(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def is_unfinished(name: str) -> bool:
    """Tell by its name whether a file was being written, maybe by a run that was killed."""
    return name.startswith(_PREFIX) and name.endswith(_SUFFIX)


def opened(handle: int) -> BinaryIO:
    """Open a new file for writing."""
    return os.fdopen(handle, "wb")


@contextmanager
def written(
    content: BinaryIO, folder: Path, like: os.stat_result, open_new: Open = opened
) -> Iterator[Path]:
    """Write a new file, which is gone afterwards unless it was renamed.

    Args:
        content: What it is to hold.
        folder: Where.
        like: Whose mode, and owner where that is allowed, it gets.
        open_new: Opens it.
    """
    handle, name = tempfile.mkstemp(_SUFFIX, _PREFIX, folder)
    path = Path(name)
    try:
        with open_new(handle) as file:
            copy_range(content, file, 0)
            file.flush()
            os.fsync(handle)
        with suppress(AttributeError, OSError):
            os.chown(path, like.st_uid, like.st_gid)
        path.chmod(S_IMODE(like.st_mode))
        yield path
    finally:
        path.unlink(missing_ok=True)


def rename(path: Path, target: Path) -> None:
    """Put a new file in the place of another, so that it is there after a crash, too."""
    path.replace(target)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
