"""Names that are against the naming convention, or only nearly what Julep looks up."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pytest_julep_secrets.guards.levels import Level
from pytest_julep_secrets.llm_keys import DOCUMENTED, NAMES, in_the_right_case

_SNAKE_CASE: Final = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
# APIKey2 is API and Key2.
_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")


class Fault(NamedTuple):
    """What is wrong with a name.

    Attributes:
        level: How strictly it is taken where nobody says so.
        message: A sentence that quotes the name and a better one.
    """

    level: Level
    message: str


def naming_fault(name: str) -> Fault | None:
    """Tell what is wrong with a secret's name, or None if it is as the guide wants it.

    It has to be in snake_case, or exactly a name that Julep looks up for LLM models, or would
    by its documentation.

    Source:
        The guide "Common Secrets Patterns", sections Naming Conventions and LLM Provider Keys.
    """
    right = in_the_right_case(name)
    if right is not None:
        return Fault(
            "warn",
            f"Secret name '{name}' is not the one that Julep looks up for models: "
            f"that is '{right}'.",
        )
    if _SNAKE_CASE.fullmatch(name) or name in NAMES or name in DOCUMENTED:
        return None
    better = "_".join(_WORDS.findall(name)).lower()
    return Fault("off", f"Secret name '{name}' is not in snake_case: that is '{better}'.")
