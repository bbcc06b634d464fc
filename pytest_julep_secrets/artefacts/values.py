"""What to look for: values with their names, from wherever a command is told to take them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Values:
    """Values to look for.

    Attributes:
        pairs: Names and values, in the order they came, each pair once.
        notes: What a user should know of the sources: duplicates, empty and too short entries. A
            sentence each, never a value.
    """

    pairs: tuple[tuple[str, str], ...] = field(repr=False)
    notes: tuple[str, ...] = ()
