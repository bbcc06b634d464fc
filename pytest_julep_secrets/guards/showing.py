"""Which names of secrets a report may show."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations
from typing import Final

# Nothing but what names are made of, and no more than anybody would write.
_PLAIN: Final = re.compile(r"[\w .{}/-]{1,100}")
# A credential has a piece like this; where it begins and ends cannot be told in a name.
_RANDOM: Final = re.compile(r"(?=[A-Za-z]*[0-9])[A-Za-z0-9]{16}")
# Shorter values are in many names by chance.
_TELLING: Final = 6


class Names:
    """Tells names that may be shown from those that hold a value.

    Args:
        values: The values that the same file gives to secrets.
    """

    def __init__(self, values: Iterable[str]) -> None:
        self._values = {value for value in values if len(value) >= _TELLING}

    def may_be_shown(self, name: str) -> bool:
        """Tell whether a name holds nothing that is, or looks like, a value."""
        if not _PLAIN.fullmatch(name) or _RANDOM.search(name):
            return False
        # Looked up piece by piece, as there may be as many values as names.
        ends = combinations(range(len(name) + 1), 2) if self._values else ()
        return not any(name[start:end] in self._values for start, end in ends)
