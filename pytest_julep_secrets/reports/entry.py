"""What a report is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# The check of an entry that says that a file could not be read.
UNREADABLE: Final = "unreadable"


@dataclass(frozen=True, order=True, slots=True)
class Entry:
    """One line of a report. Never holds a value.

    Attributes:
        path: The file.
        line: From 1.
        column: From 1, in characters.
        check: What was violated, such as "names"; or "unreadable".
        message: What happened, and what to do.
    """

    path: str
    line: int
    column: int
    check: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in some files.

    Attributes:
        entries: By path, line and column.
        files: How many files were looked at.
    """

    entries: tuple[Entry, ...]
    files: int

    @property
    def unreadable(self) -> int:
        """How many entries say that something could not be read."""
        return sum(entry.check == UNREADABLE for entry in self.entries)

    @property
    def found(self) -> int:
        """How many entries are findings."""
        return len(self.entries) - self.unreadable

    @property
    def status(self) -> int:
        """The exit status: 2 if something could not be read, 1 if something was found, else 0."""
        return 2 if self.unreadable else min(self.found, 1)
