"""What was asked of the fake over HTTP: never a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, overload


@dataclass(frozen=True, slots=True)
class Entry:
    """One request that the fake answered.

    Attributes:
        operation: "create", "list", "update" or "delete"; None for a method or path that the
            server does not have.
        name: The secret's name; None for a list, an unknown id or an invalid name (which
            might be a value in the wrong place).
        id: The secret's id, None where there is none.
        status: The status of the answer; None where a fault dropped the connection instead.
        attempt: 1 for the first try, 2 for the SDK's first retry, and so on.
        time: When it was answered, aware, in UTC.
        is_faulty: Whether a fault has kept it out or changed its answer.
    """

    operation: str | None
    name: str | None
    id: str | None
    status: int | None
    attempt: int
    time: datetime
    is_faulty: bool = False


class Journal(Sequence[Entry]):
    """The requests answered so far, oldest first.

    Equal to a list of the same entries, so that `mock_secrets.calls == []` reads well.
    """

    def __init__(self, entries: list[Entry] | None = None) -> None:
        self._entries: list[Entry] = [] if entries is None else entries

    def add(self, entry: Entry) -> None:
        """Append an entry."""
        self._entries.append(entry)

    def clear(self) -> None:
        """Forget all entries."""
        self._entries.clear()

    def matching(self, *, operation: str | None = None, name: str | None = None) -> Journal:
        """Return the entries with this operation and this name; None matches any."""
        return Journal(
            [
                entry
                for entry in self._entries.copy()
                if operation in (None, entry.operation) and name in (None, entry.name)
            ]
        )

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Journal: ...
    def __getitem__(self, index: int | slice) -> Entry | Journal:
        if isinstance(index, slice):
            return Journal(self._entries[index])
        return self._entries[index]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.copy())

    def __len__(self) -> int:
        return len(self._entries)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Journal | list):
            return list(self) == list(other)
        return NotImplemented

    # It changes as requests come in.
    __hash__: ClassVar[None] = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._entries!r})"
