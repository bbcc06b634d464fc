"""What keeps a task from a secret."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong with the secrets of a task.

    Attributes:
        kind: "missing": there is no such secret; "hidden": it is not among the newest 100;
            "inert": nothing reads the reference; "rejected": the server refuses it;
            "production": its name looks like production; "llm key": a model's key has a name
            that is not looked up.
        where: The place in words.
        message: Half a sentence; never a value.
    """

    kind: Literal["missing", "hidden", "inert", "rejected", "production", "llm key"]
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}."
