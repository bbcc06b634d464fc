"""What is done to one file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pytest_julep_secrets.artefacts.redaction.refusal import LEAVE_OUT
from pytest_julep_secrets.leaks.chunks import Finder, Hit


@dataclass(slots=True)
class Job:
    """What is done to one file, with all that is in it.

    Attributes:
        finder: Finds the values.
        replaced: How often each name was put in place of a value.
        left: Why something that is in it was not looked into; a sentence.
        advice: What to do about that.
    """

    finder: Finder
    replaced: Counter[str] = field(default_factory=Counter)
    left: str = ""
    advice: str = LEAVE_OUT

    def find_in(self, chunks: Iterable[bytes]) -> Iterator[Hit]:
        """Find values."""
        return self.finder.find_in(chunks)

    def is_in(self, chunks: Iterable[bytes]) -> bool:
        """Tell whether there is any value."""
        return next(self.find_in(chunks), None) is not None
