"""What is done to one file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pytest_julep_secrets.leaks.watch import Watch


@dataclass(slots=True)
class Job:
    """What is done to one file, with all that is in it.

    Attributes:
        watch: What to look for.
        replaced: How often each name was put in place of a value.
        left: Why something that is in it was not looked into; a sentence.
    """

    watch: Watch
    replaced: Counter[str] = field(default_factory=Counter)
    left: str = ""
