"""One reference to a secret in a task definition, and those of one string."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pytest_julep_secrets.guards.showing import Names
from pytest_julep_secrets.tasks.expressions import Kind, Use, uses_in
from pytest_julep_secrets.tasks.steps import LISTS, Path, treatment

_REFUSED: Final = (
    "the server refuses the task, \"Undefined name: 'secrets'\"; "
    "write the text {secrets.NAME} here, or move it to the arguments of a tool"
)
# What is below these goes to a tool or another step, under whatever key.
_GIVEN_ON: Final = frozenset({"arguments", "evaluate", "set", "return", "yield"})
_KEY: Final = re.compile("[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True, repr=False)
class Reference:
    """A secret that a task definition refers to.

    Attributes:
        name: The secret's name; `{}` in it stands for what only running would tell, so "{}" for
            any secret.
        kind: "required": the step fails without the secret; "optional"; "dynamic": only running
            tells which secret; "inert": nothing reads it; "rejected": the server refuses it.
        path: Where, such as `("main", 0, "arguments", "headers", "Authorization")`.
        reason: Why it is dynamic, inert or rejected; "" for the others.
        text: The string that says so, the very object of the definition.
        line: From 1, if the definition was a text.
        column: Likewise, in characters.
    """

    name: str
    kind: Kind
    path: Path
    reason: str
    text: str
    line: int | None = None
    column: int | None = None

    def __repr__(self) -> str:
        # What stands for a name may be a value, put there by mistake.
        return f"<Reference: {self.shown}, {self.kind}, at {self.where}>"

    @property
    def shown(self) -> str:
        """The name in quotes, or "a name that is not shown", as it might be a value."""
        may_be = Names(()).may_be_shown(self.name)
        return f"'{self.name}'" if may_be else "a name that is not shown"

    @property
    def where(self) -> str:
        """The place in words, `main[0].arguments.url (line 4, column 12)`."""
        place = f" (line {self.line}, column {self.column})" if self.line else ""
        return f"{_words(self.path)}{place}"


def _words(path: Path) -> str:
    names = Names(())
    parts: list[str] = []
    for part in path:
        if isinstance(part, int):
            parts.append(f"[{part}]")
        elif _KEY.fullmatch(part) and names.may_be_shown(part):
            parts.append(f".{part}")
        else:
            parts.append(f"[{part!r}]" if names.may_be_shown(part) else "[...]")
    return "".join(parts).removeprefix(".") or "the whole"


def is_definition(data: object) -> bool:
    """Tell whether a parsed document looks like a task's definition."""
    return isinstance(data, Mapping) and any(isinstance(data.get(key), list) for key in LISTS)


def references_at(path: Path, text: str, base: Path = ()) -> list[Reference]:
    """Return the references in one string of a definition.

    Expressions in any string count, and so do `secret_name: NAME` and `secrets: {alias: NAME}`
    or `{alias: {name: NAME}}`, which Julep's documentation shows and nothing in the server reads.

    Args:
        path: Where the string is.
        text: The string.
        base: What to put before the path, if it is that of a part of a definition.

    Source:
        The guide "Common Secrets Patterns", section Secret Reference Patterns; the SDK's types
        of `api_call.secrets`. The server evaluates expressions only.
    """
    uses = uses_in(text)
    if not any(use.kind != "inert" for use in uses) and (key := _naming_key(path)):
        reason = f"'{key}' is documented, but nothing in the server reads it"
        uses = [Use(text, "inert", reason)]
    line, column = getattr(text, "line", None), getattr(text, "column", None)
    return [
        Reference(use.name, kind, path, reason, text, line, column)
        for use, kind, reason in _treated(uses, (*base, *path), text)
    ]


def _treated(uses: list[Use], path: Path, text: str) -> Iterator[tuple[Use, Kind, str]]:
    how = treatment(path, text) if uses else "evaluated"
    for use in uses:
        if use.kind == "inert" or how == "evaluated":
            yield use, use.kind, use.reason
        elif how == "dropped":
            yield use, "inert", "nothing in the server reads this place"
        else:
            yield use, "rejected", _REFUSED


def _naming_key(path: Path) -> str:
    if not _GIVEN_ON.isdisjoint(path):
        return ""
    match path:
        case (*_, "secret_name"):
            return "secret_name"
        case (*_, "secrets", str()) | (*_, "secrets", str(), "name"):
            return "secrets"
    return ""


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
