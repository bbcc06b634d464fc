"""Values of a document, JSON or TOML: nested ones have names such as `db.password`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pytest_julep_secrets.artefacts.values import Given

# What a seed may say of a secret, and the API says.
_OF_A_SECRET: Final = {"value", "description", "metadata"}
# Names of what has none of its own.
_ITEM: Final = "item"


class Table(list[tuple[str, Any]]):
    """A table with the keys that it has twice."""


def flatten(document: object, name: str = "") -> Iterator[Given]:
    """Give the values in a document.

    Args:
        document: Texts, numbers and others, in lists and tables, of any depth that the parser of
            the document could take.
        name: What it is called itself.
    """
    waiting: list[tuple[str, object]] = [(name, document)]
    while waiting:
        name, one = waiting.pop()
        if isinstance(one, str):
            yield Given(name or _ITEM, one)
        elif isinstance(one, dict | Table):
            waiting += reversed(list(_in_table(name, one)))
        elif isinstance(one, list):
            waiting += reversed([_of_item(name, place, item) for place, item in enumerate(one)])
        else:
            yield Given(name or _ITEM, None)


def _in_table(name: str, table: dict[str, Any] | Table) -> Iterator[tuple[str, object]]:
    pairs = list(table.items() if isinstance(table, dict) else table)
    keys = {key for key, _ in pairs}
    if name and "value" in keys and keys <= _OF_A_SECRET:
        # As in a seed.
        yield from ((name, value) for key, value in pairs if key == "value")
        return
    for key, value in pairs:
        yield (f"{name}.{key}" if name else key), value


def _of_item(name: str, place: int, item: object) -> tuple[str, object]:
    pairs = dict(item) if isinstance(item, dict | Table) else {}
    if isinstance(pairs.get("name"), str) and "value" in pairs:
        # As the API lists secrets.
        return pairs["name"], pairs["value"]
    return f"{name or _ITEM}.{place}", item
