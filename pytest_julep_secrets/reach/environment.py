"""`JULEP_API_KEY` while a fake is active: the SDK wants one, and a test should need none."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final

VARIABLE: Final = "JULEP_API_KEY"
FAKE_KEY: Final = "fake-julep-api-key"


class _Entry:
    def __init__(self, key: str) -> None:
        self.key = key


# The innermost last. Empty while the variable is the user's, or nobody needs it.
_entries: Final[list[_Entry]] = []


def set_key(key: str) -> Callable[[], None]:
    """Set the variable to a key, unless it is the user's; returns what undoes it.

    Of several at once the innermost counts, and in whatever order they end, nothing is left.
    """
    if not _entries and os.environ.get(VARIABLE, FAKE_KEY) != FAKE_KEY:
        return lambda: None
    entry = _Entry(key)
    _entries.append(entry)
    os.environ[VARIABLE] = key

    def undo() -> None:
        _entries.remove(entry)
        if _entries:
            os.environ[VARIABLE] = _entries[-1].key
        else:
            os.environ.pop(VARIABLE, None)

    return undo
