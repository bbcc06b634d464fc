"""One line of the table, and the goal it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from bench.timing import Pairs


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that a line may show.

    Attributes:
        of: "ratio", or a time in seconds: "ours", or "more" (ours beyond theirs).
        limit: The most.
    """

    of: Literal["ratio", "ours", "more"]
    limit: float

    def is_reached(self, pairs: Pairs) -> bool:
        """Tell whether the rounds keep to it."""
        value: float = getattr(pairs, self.of)
        return value <= self.limit


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured, against whom, and how it went.

    Attributes:
        bench: The bench it belongs to.
        what: Ours.
        peer: Theirs, by name.
        pairs: The rounds, in seconds, or in what `unit` says.
        goal: None where nothing was promised.
        unit: "s", or "packages".
    """

    bench: str
    what: str
    peer: str
    pairs: Pairs
    goal: Goal | None = None
    unit: Literal["s", "packages"] = "s"

    @property
    def reached(self) -> bool | None:
        """Tell whether the goal is reached; None without one."""
        return None if self.goal is None else self.goal.is_reached(self.pairs)

    def as_json(self) -> dict[str, Any]:
        """Return the line with every round."""
        pairs = self.pairs
        return {
            "bench": self.bench,
            "what": self.what,
            "peer": self.peer,
            "unit": self.unit,
            "ours": pairs.ours,
            "theirs": pairs.theirs,
            "least": pairs.least,
            "ratio": pairs.ratio,
            "more": pairs.more,
            "goal": None if self.goal is None else {"of": self.goal.of, "limit": self.goal.limit},
            "reached": self.reached,
            "rounds": pairs.rounds,
        }
