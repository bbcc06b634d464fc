"""Where redacted files go: in place of the old ones, to another folder, or nowhere."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from stat import S_IWGRP, S_IWOTH, S_IWUSR
from typing import Final, Protocol

from pytest_julep_secrets.artefacts.redaction.finding import Item, top_name
from pytest_julep_secrets.artefacts.redaction.refusal import RefusedError
from pytest_julep_secrets.artefacts.redaction.saving import Open, opened, rename
from pytest_julep_secrets.errors import ConfigurationError

_NEW: Final = "Give a new folder, or empty it."


class Place(Protocol):
    """Where new files go.

    Attributes:
        takes_all: Whether files without values go there, too.
        open_new: Opens a new file.
    """

    takes_all: bool
    open_new: Open

    def check(self, item: Item, status: os.stat_result) -> None:
        """See that a file may go there.

        Raises:
            RefusedError: If it may not.
        """

    def folder(self, item: Item) -> Path:
        """Return the folder to write its new file in."""

    def put(self, new: Path, item: Item) -> None:
        """Put the new file where it belongs."""


class InPlace:
    """In place of the old files; of what a link leads to, not of the link."""

    takes_all = False

    def __init__(self, open_new: Open = opened) -> None:
        self.open_new = open_new

    def check(self, item: Item, status: os.stat_result) -> None:  # noqa: ARG002
        """Refuse a file that may not be written, or would stay under another name."""
        if not status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH):
            raise RefusedError("It is read-only.", "Make it writable, or use --output DIR.")
        if status.st_nlink > 1:
            raise RefusedError(
                f"It has {status.st_nlink} names (hard links): the others would keep the value.",
                "Use --output DIR, or make copies of it.",
            )

    def folder(self, item: Item) -> Path:
        """Return the folder it is in: a name can only be changed in one file system."""
        return self._target(item).parent

    def put(self, new: Path, item: Item) -> None:
        """Take the old one's place."""
        rename(new, self._target(item))

    def _target(self, item: Item) -> Path:
        return Path(os.path.realpath(item.path))


class Nowhere:
    """To see what would be done.

    Args:
        place: Whose checks are made.
        folder: Takes the new files for a while.
    """

    takes_all = False
    open_new: Open = staticmethod(opened)

    def __init__(self, place: Place, folder: Path) -> None:
        self._place = place
        self._folder = folder

    def check(self, item: Item, status: os.stat_result) -> None:
        """Refuse what would be refused."""
        self._place.check(item, status)

    def folder(self, item: Item) -> Path:  # noqa: ARG002
        """Return a folder that will be gone."""
        return self._folder

    def put(self, new: Path, item: Item) -> None:
        """Do nothing."""


class Elsewhere:
    """To another folder, as `cp -r PATH... DIR` would, with the files that hold no value.

    Args:
        top: The folder; made when the first file is.
        paths: What is copied.

    Raises:
        ConfigurationError: If something would be overwritten, or copied into itself.
    """

    takes_all = True
    open_new: Open = staticmethod(opened)

    def __init__(self, top: Path, paths: Iterable[Path]) -> None:
        self._top = top
        _check_empty(top)
        names: set[str] = set()
        for path in paths:
            real = path.resolve()
            if top.resolve().is_relative_to(real):
                raise ConfigurationError(
                    f"--output '{top}' is in '{path}', and would be copied into itself.\n"
                    "Give a folder outside of it."
                )
            name = top_name(path)
            if name in names:
                raise ConfigurationError(
                    f"Two of the paths are called '{name}', and would be one in '{top}'.\n"
                    "Give the folder that they are in, or run the command once for each."
                )
            names.add(name)

    def check(self, item: Item, status: os.stat_result) -> None:
        """Let all pass: the old file stays."""

    def folder(self, item: Item) -> Path:
        """Make the folder for it."""
        folder = (self._top / item.inside).parent
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def put(self, new: Path, item: Item) -> None:
        """Put it there, if nothing is."""
        target = self._top / item.inside
        if os.path.lexists(target):
            raise RefusedError(
                "There is a file of this name in the folder of --output already.", _NEW
            )
        rename(new, target)


def _check_empty(top: Path) -> None:
    try:
        is_free = not os.path.lexists(top) or not any(top.iterdir())
    except OSError as error:
        raise ConfigurationError(
            f"--output '{top}' cannot be used: {error.strerror}.\nGive a folder."
        ) from None
    if not is_free:
        raise ConfigurationError(
            f"--output '{top}' is not empty, and nothing in it is to be overwritten.\n"
            "Give a new folder, or empty it."
        )
