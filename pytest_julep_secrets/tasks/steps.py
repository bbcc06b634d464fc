"""What the server does with a string of a task definition, by where it stands.

Source: agents_api, common/utils/task_validation.py (`secrets` is no name that it knows, so it
refuses tasks that have it where it looks), the models of steps (which drop keys that they do not
know) and common/protocol/tasks.py (what is evaluated), at the last commit of branch v1.
"""

from __future__ import annotations

from typing import Final, Literal

from pytest_julep_secrets.tasks.expressions import code_of

Path = tuple[str | int, ...]
Treatment = Literal["evaluated", "looked into first", "dropped"]

# Every task has "main"; "steps" is what Julep's documentation shows.
LISTS: Final = ("main", "steps", "tools")
# Of a task: what is in none of its lists of steps is stored as it is.
_STORED: Final = frozenset({"name", "description", "input_schema", "metadata", "canonical_name"})
# What Julep's documentation has beside a step's own key, and no step has.
_DROPPED: Final = frozenset(
    {"secret_name", "secrets", "model", "provider", "api_key", "template_variables"}
)


def treatment(path: Path, text: str) -> Treatment:
    """Tell what the server does with a string.

    Args:
        path: Where it is, in a task's definition.
        text: The string.

    Returns:
        "looked into first" if it refuses the task when there is `secrets` in the string's code.
    """
    path = tuple(part for part in path if part != "<<")
    match path:
        case ("tools", int(), *inner):
            return "dropped" if inner[:1] in (["name"], ["description"]) else "evaluated"
        case (str() as workflow, int(), *inner) if workflow not in _STORED:
            return _in_step(tuple(inner), text)
    return "dropped"


def _in_step(inner: Path, text: str) -> Treatment:
    # Steps in steps: the first three are looked into as the outer one is.
    is_looked_into = True
    while True:
        match inner:
            case ("then" | "else", str(), *_):
                inner = inner[1:]
            case ("foreach", "do", *_):
                inner = inner[2:]
            case ("switch", int(), "then", *_):
                inner, is_looked_into = inner[3:], False
            case ("parallel", int(), *_):
                inner, is_looked_into = inner[2:], False
            case ("map", str(), *_):
                inner, is_looked_into = inner[1:], False
            case _:
                break
    if inner and inner[0] in _DROPPED:
        return "dropped"
    return "looked into first" if is_looked_into and _is_known(inner, text) else "evaluated"


def _is_known(inner: Path, text: str) -> bool:
    """Tell whether this is one of the few strings that the server looks into, in a step."""
    form = code_of(text).form
    match inner:
        case ("if",):
            return form != "text"
        case ("evaluate" | "set", str()) | ("foreach", "in"):
            return form != "text" and (text.strip().startswith(("$", "_")) or "{{" in text)
    return False
