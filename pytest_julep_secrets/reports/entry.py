"""What a report is made of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

# The check of an entry that says that a file could not be read.
UNREADABLE: Final = "unreadable"


@dataclass(frozen=True, order=True, slots=True)
class Entry:
    """One line of a report. Never holds a value.

    Attributes:
        path: The file; of what is in an archive: "a.zip!/b.log".
        line: From 1.
        column: From 1, in characters.
        check: What was violated, such as "names", "leaks" or "credentials"; or "unreadable".
        message: What happened, and what to do.
        name: Of a leak: which secret, as redacted text shows it.
        form: Of a leak: the shape the value has there; of a credential: the rule that tells it.
        test: The test that left it there, if the file tells: its node id.
    """

    path: str
    line: int
    column: int
    check: str
    message: str
    name: str = ""
    form: str = ""
    test: str = ""

    @property
    def fingerprint(self) -> str:
        """What is the same for the same check, place, test, name and form: 16 hex digits."""
        told = (
            self.check,
            self.path,
            str(self.line),
            str(self.column),
            self.test,
            self.name,
            self.form,
        )
        text = "\0".join(told).encode("utf-8", "surrogatepass")
        return hashlib.sha256(text).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in some files.

    Attributes:
        entries: By path, line and column.
        files: How many files were looked at.
        inert: Why nothing could have been found: a sentence, and what to do; "" if it could.
    """

    entries: tuple[Entry, ...]
    files: int
    inert: str = ""

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
        """The exit status.

        3 if nothing could have been found, 2 if something could not be read, 1 if something was
        found, else 0.
        """
        return 3 if self.inert else 2 if self.unreadable else min(self.found, 1)
