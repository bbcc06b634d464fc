"""Which secrets a task definition refers to, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pytest_julep_secrets.tasks.expressions import names_in

Path = tuple[str | int, ...]

# Every task has "main"; "steps" is what Julep's documentation shows.
_LISTS: Final = ("main", "steps", "tools")


@dataclass(frozen=True, slots=True)
class Reference:
    """A secret that a task definition refers to.

    Attributes:
        name: The secret's name; `{}` in it stands for what only running would tell.
        path: Where, such as `("main", 0, "arguments", "headers", "Authorization")`.
        text: The string that says so, the very object of the definition.
    """

    name: str
    path: Path
    text: str = field(repr=False)


def is_definition(data: object) -> bool:
    """Tell whether a parsed document looks like a task's definition."""
    return isinstance(data, Mapping) and any(isinstance(data.get(key), list) for key in _LISTS)


def references(definition: object) -> Iterator[Reference]:
    """Give the references to secrets in a task's definition, in its order.

    Expressions in any string count, and so do `secret_name: NAME` and
    `secrets: {alias: NAME}` or `{alias: {name: NAME}}`, which Julep's documentation shows.

    Args:
        definition: Mappings, lists and strings, as YAML or JSON is parsed. What is there twice
            (a YAML alias) is read once.

    Source:
        The guide "Common Secrets Patterns", section Secret Reference Patterns; the SDK's types
        of `api_call.secrets`. The server evaluates expressions only.
    """
    for path, text in strings(definition, set()):
        yield from references_at(path, text)


def references_at(path: Path, text: str) -> list[Reference]:
    """Return the references in one string of a definition."""
    names = [*names_in(text)] or ([text] if _is_name(path) else [])
    return [Reference(name, path, text) for name in names]


def _is_name(path: Path) -> bool:
    match path:
        case (*_, "secret_name"):
            return True
        case (*_, "secrets", str()) | (*_, "secrets", str(), "name"):
            return True
    return False


def strings(data: object, seen: set[int]) -> Iterator[tuple[Path, str]]:
    """Give every string of a parsed document with its path; keys are no strings of it.

    Args:
        data: The document.
        seen: The ids of mappings and lists to leave out; those that are not are added.
    """
    waiting: list[tuple[Path, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, Mapping | list) and id(value) not in seen:
            seen.add(id(value))
            items = value.items() if isinstance(value, Mapping) else enumerate(value)
            waiting.extend(((*path, key), item) for key, item in reversed(list(items)))
