"""Documents, of YAML and JSON, that know where in their file each string is."""

from __future__ import annotations

from typing import Any, Final, Self

from pytest_julep_secrets.documents.unreadable import UnreadableError

# Deeper than anything that people write; what reads documents may then go down by recursion.
_DEEPEST: Final = 100


class Placed(str):
    """A string with its place; all of a document's strings and keys are such.

    Attributes:
        line: From 1.
        column: From 1, in characters.
    """

    __slots__ = ("column", "line")

    line: int
    column: int

    def __new__(cls, text: str, line: int, column: int) -> Self:
        """Make a string of a text."""
        placed = super().__new__(cls, text)
        placed.line, placed.column = line, column
        return placed


class Builder:
    """Puts documents together from what a parser comes by.

    Mappings become dicts, sequences lists, and everything else `Placed`.

    Attributes:
        documents: Those that are complete.
    """

    documents: list[Any]

    def __init__(self) -> None:
        self.documents = []
        self._open: list[dict[Placed, Any] | list[Any]] = [self.documents]
        # One for each of the above: the key that waits for its value, how deep it is so far.
        self._keys: list[Placed | None] = [None]
        self._depths = [0]
        # How deep those are that have been closed, by their ids: an alias may add them again.
        self._closed: dict[int, int] = {}

    def add(self, item: Any, line: int, column: int) -> None:
        """Add a key, a value or an item."""
        self._deepen(self._closed.get(id(item), 0), line, column)
        inside = self._open[-1]
        if isinstance(inside, list):
            inside.append(item)
        elif self._keys[-1] is None:
            if not isinstance(item, Placed):
                raise UnreadableError("It has a key that is a mapping or list.", line, column)
            if item in inside:
                raise UnreadableError("It has a key twice.", line, column)
            self._keys[-1] = item
        else:
            inside[self._keys[-1]] = item
            self._keys[-1] = None

    def open(self, inside: dict[Placed, Any] | list[Any], line: int, column: int) -> None:
        """Add a mapping or a sequence; what is added next is in it."""
        self.add(inside, line, column)
        self._open.append(inside)
        self._keys.append(None)
        self._depths.append(0)

    def close(self) -> None:
        """End the mapping or sequence that was opened last."""
        self._keys.pop()
        depth = self._closed[id(self._open.pop())] = self._depths.pop() + 1
        self._depths[-1] = max(self._depths[-1], depth)

    def _deepen(self, depth: int, line: int, column: int) -> None:
        if len(self._open) + depth > _DEEPEST:
            raise UnreadableError(f"It nests deeper than {_DEEPEST}.", line, column)
        self._depths[-1] = max(self._depths[-1], depth)
