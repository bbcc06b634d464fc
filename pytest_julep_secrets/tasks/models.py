"""The keys of the models that a task's prompt steps ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pytest_julep_secrets.llm_keys import DOCUMENTED, MODELS, in_the_right_case
from pytest_julep_secrets.tasks.definition import Place
from pytest_julep_secrets.tasks.problem import Problem
from pytest_julep_secrets.tasks.reference import Reference

# Where a prompt step has its model; a key of this name in the step itself is dropped.
_MODEL: Final = ("settings", "model")


def llm_problems(places: list[Place], known: list[str]) -> Iterator[Problem]:
    """Give the keys that are stored under names which nothing looks up, of models that need them.

    A key that is not there at all is none: Julep then uses its own.

    Args:
        places: The strings of a task.
        known: The names of the secrets that there are; the look-up sees all.
    """
    prompts = [one for one in places if "prompt" in one.path and "arguments" not in one.path]
    models = {one.text: one for one in reversed(places) if one.path[-2:] == _MODEL}
    needed = {MODELS[model]: place for model, place in models.items() if MODELS.get(model)}
    for name in known:
        right = in_the_right_case(name) or DOCUMENTED.get(name)
        if not right or right in known:
            continue
        # Without a model of its own a prompt step has the agent's, whichever that is.
        place = needed.get(right) or (prompts[0] if prompts and not models else None)
        if place is not None:
            message = f"'{name}' is not looked up for models, '{right}' is"
            yield Problem("llm key", _where(place), message)


def _where(place: Place) -> str:
    line, column = getattr(place.text, "line", None), getattr(place.text, "column", None)
    return Reference("", "inert", place.path, "", "", line, column).where
