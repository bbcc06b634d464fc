"""`JULEP_API_KEY` while a fake is active: the SDK wants one, and a test should need none."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final

from pytest_julep_secrets.guards.environment import fake_value

VARIABLE: Final = "JULEP_API_KEY"
FAKE_KEY: Final = fake_value(VARIABLE)


class _Entry:
    def __init__(self, key: str, before: str | None) -> None:
        self.key = key
        self.before = before


# The innermost last. Empty while the variable is the user's, or nobody needs it.
_entries: Final[list[_Entry]] = []


def set_key(key: str) -> Callable[[], None]:
    """Set the variable to a key, unless it is the user's; returns what undoes it.

    Of several at once the innermost counts, and in whatever order they end, what was there
    before is there again: nothing, or our own key in place of a real one.
    """
    before = _entries[0].before if _entries else os.environ.get(VARIABLE)
    if before not in {None, FAKE_KEY}:
        return lambda: None
    entry = _Entry(key, before)
    _entries.append(entry)
    os.environ[VARIABLE] = key

    def undo() -> None:
        _entries.remove(entry)
        left = _entries[-1].key if _entries else before
        if left is None:
            os.environ.pop(VARIABLE, None)
        else:
            os.environ[VARIABLE] = left

    return undo


def is_set_here(value: str) -> bool:
    """Tell whether a value of the variable is the key of a fake that is active."""
    return any(entry.key == value for entry in _entries)
