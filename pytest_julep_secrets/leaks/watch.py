"""The values that are looked for, and under which name each is told."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pytest_julep_secrets.leaks.search import Found, Search

# Values of many a test that also stand in many a text that leaks nothing. "ENCRYPTED" is what
# the API shows for every value.
_COMMON: Final = frozenset(
    {
        "changeme", "default", "development", "encrypted", "example", "localhost", "password",
        "placeholder", "postgres", "private", "production", "redacted", "secret", "secrets",
        "string", "testing", "undefined", "username",
    }
)  # fmt: skip

SHORTEST: Final = 6

# What can stand in XML, JSON and YAML as it is.
_SAFE_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,99}")


# Gives who is being asked about.
Owners = Callable[[], Collection[Hashable]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A value found in a text.

    Attributes:
        label: The name that redacted text shows.
        line: Where, from 1.
        owned: Whether one of the owners asked for has put it in.
        form: What it looks like there.
        number: Which value it is.
    """

    label: str
    line: int
    owned: bool
    form: str = "plain"
    number: int = field(default=0, compare=False)


@dataclass(slots=True)
class _Value:
    """What is known of one value, besides itself.

    Attributes:
        names: The first name it had with each owner, in the order they came.
        versions: Which of the owner's values of that name it is, from 1.
    """

    names: dict[Hashable, str] = field(default_factory=dict)
    versions: dict[Hashable, int] = field(default_factory=dict)


def why_not(name: str, value: str) -> str | None:
    """Tell why a value is not looked for, or None if it is."""
    if len(value) < SHORTEST:
        return f"under {SHORTEST} characters"
    if value.isdecimal():
        return "all digits"
    if value == name:
        return "equal to its name"
    if not any(char.isalnum() or char > "\x7f" for char in value):
        # A line of dashes, an indentation.
        return "punctuation only"
    return "a common word" if value.lower() in _COMMON else None


class Watch:
    """Values by who put them in. Threads may add to it.

    Args:
        search: What finds them, by their numbers; empty.

    Attributes:
        search: As above.
    """

    def __init__(self, search: Search | None = None) -> None:
        self.search: Search = Search() if search is None else search
        self._values: list[_Value] = []
        # How many values of one name an owner has.
        self._counts: dict[tuple[Hashable, str], int] = {}
        self._owners: set[Hashable] = set()
        self._history: list[tuple[str, str]] = []
        # Values that others than a fake know: to ask for, and in the order they came.
        self._real: set[str] = set()
        self._real_history: list[str] = []
        self._lock = threading.Lock()
        self.ignored: dict[str, str] = {}
        """Names of values that are not looked for, with the reason of each."""

    def __len__(self) -> int:
        """Count the values looked for."""
        return len(self._values)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} values>"

    def add(
        self,
        name: str,
        value: str,
        owner: Hashable,
        *,
        counts: bool = True,
        made_up: bool = False,
    ) -> None:
        """Look for a value from now on.

        Args:
            name: Its secret's name.
            value: At least 6 characters; others are noted as ignored.
            owner: Who put it in.
            counts: Whether a check that can find only this has something to look for.
            made_up: Whether it came to a fake; a value that comes in any other way may be real.
        """
        if not made_up:
            self.may_be_real(value)
        reason = why_not(name, value)
        if reason is not None:
            shown = self._safe(name) and name != value
            self.ignored[name if shown else "(unnamed)"] = reason
            return
        with self._lock:
            number = self.search.number(value)
            known = _Value() if number is None else self._values[number]
            if owner not in known.names:
                count = self._counts.get((owner, name), 0) + 1
                self._counts[owner, name] = known.versions[owner] = count
                known.names[owner] = name
                if counts:
                    self._owners.add(owner)
            if number is None:
                # Last, as another thread may find it from here on.
                self._values.append(known)
                self._history.append((name, value))
                self.search.add(value, name)

    def since(self, count: int) -> list[tuple[str, str]]:
        """Return names and values but for the first so many, for another process to look for."""
        return self._history[count:]

    def may_be_real(self, value: str) -> None:
        """Remember that a value is not only a fake's, whether it is looked for or not."""
        if value not in self._real:
            self._real.add(value)
            self._real_history.append(value)

    def real_since(self, count: int) -> list[str]:
        """Return what may be real but for the first so many, for another process to know."""
        return self._real_history[count:]

    def made_up(self) -> list[tuple[str, str]]:
        """Return names and values of what nobody but a fake knows."""
        return [(name, value) for name, value in self.since(0) if value not in self._real]

    def has(self, owners: Collection[Hashable]) -> bool:
        """Tell whether any of these owners has put anything in that is looked for."""
        return not self._owners.isdisjoint(owners)

    def find(self, text: str, owners: Owners) -> list[Hit]:
        """Find values in a text.

        Args:
            text: Any text.
            owners: Who is being asked about; their names for a value come first. A call, as
                mostly nothing is found.
        """
        found = self.search.find(text)
        return self._hits(text, found, owners()) if found else []

    def _hits(self, text: str, found: list[Found], owners: Collection[Hashable]) -> list[Hit]:
        hits = []
        line, counted = 1, 0
        for match in found:
            line += text.count("\n", counted, match.start)
            counted = match.start
            number = self._choose(match, owners)
            label, owned = self.label(number, owners), self.owns(number, owners)
            hits.append(Hit(label, line, owned, match.form, number))
        return hits

    def _choose(self, match: Found, owners: Collection[Hashable]) -> int:
        """Of values that overlap, choose one that the owners have put in."""
        numbers = (match.number, *match.others)
        return next((one for one in numbers if self.owns(one, owners)), match.number)

    def owns(self, number: int, owners: Collection[Hashable]) -> bool:
        """Tell whether one of these owners has put a value in."""
        return any(owner in self._values[number].names for owner in owners)

    def redact(self, text: str, owners: Owners = tuple) -> str:
        """Return a text with `REDACTED:NAME` in place of each value."""
        found = self.search.find(text)
        return "".join(self._pieces(text, found, owners())) if found else text

    def _pieces(self, text: str, found: list[Found], owners: Collection[Hashable]) -> Iterator[str]:
        end = 0
        for match in found:
            yield text[end : match.start]
            yield f"REDACTED:{self.label(self._choose(match, owners), owners)}"
            end = match.end
        yield text[end:]

    def label(self, number: int, owners: Collection[Hashable]) -> str:
        """Return the name that redacted text shows for a value."""
        known = self._values[number]
        # A copy, as another thread may be adding an owner.
        names = list(known.names)
        owner = next((one for one in names if one in owners), names[0])
        name = known.names[owner]
        if not self._safe(name):
            return str(number + 1)
        if owner not in owners and any((one, name) in self._counts for one in owners):
            # They have one of this name themselves, and it is not this.
            return f"{name}#other"
        rotated = self._counts[owner, name] > 1
        return f"{name}#{known.versions[owner]}" if rotated else name

    def _safe(self, name: str) -> bool:
        return bool(_SAFE_NAME.fullmatch(name)) and not self.search.find(name)
