"""Which entries belong together, the most certain first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pytest_julep_secrets.reports.entry import UNREADABLE, Entry, Report


@dataclass(frozen=True, slots=True)
class Tiers:
    """The entries of a report.

    Attributes:
        secrets: Values that were looked for, by the names of their secrets; the worst first.
        others: What violates another rule, such as that for names.
        credentials: What looks like a real credential, whosever it is.
        unreadable: What could not be read.
    """

    secrets: dict[str, list[Entry]]
    others: list[Entry]
    credentials: list[Entry]
    unreadable: list[Entry]

    def __iter__(self) -> Iterator[list[Entry]]:
        """Give each group of entries, the most certain first."""
        yield from self.secrets.values()
        yield from (self.others, self.credentials, self.unreadable)

    @property
    def leaked(self) -> list[Entry]:
        """All values that were looked for, by secret."""
        return [entry for entries in self.secrets.values() for entry in entries]


def tiers(report: Report) -> Tiers:
    """Sort the entries of a report."""
    groups = grouped(report.entries, _tier)
    secrets = grouped(groups.get("secrets", ()), lambda entry: entry.name)
    return Tiers(
        dict(sorted(secrets.items(), key=lambda item: -len(item[1]))),
        groups.get("others", []),
        groups.get("credentials", []),
        groups.get("unreadable", []),
    )


def grouped(entries: Iterable[Entry], key: Callable[[Entry], str]) -> dict[str, list[Entry]]:
    """Put together what has the same key, in the order they come."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return groups


def _tier(entry: Entry) -> str:
    if entry.check == UNREADABLE:
        return "unreadable"
    if entry.check == "credentials":
        return "credentials"
    return "secrets" if entry.name else "others"
