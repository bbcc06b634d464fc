"""What a file says, before anybody has judged it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["name", "value", "string", "text"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a value in a file.

    Attributes:
        kind: "name" or "value" of a secret; "string", any that could be a name; or "text", any
            that a value could be in.
        text: The string itself; `{}` in it stands for what only running would tell.
        line: From 1.
        column: From 1, in characters.
        name: Of a value: which secret's, "" if it is not known.
    """

    kind: Kind
    text: str = field(repr=False)
    line: int
    column: int
    name: str = field(default="", repr=False)
