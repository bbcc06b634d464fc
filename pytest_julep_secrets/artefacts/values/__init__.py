"""What to look for: values with their names, from wherever a command is told to take them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pytest_julep_secrets.leaks.matcher import Matcher
from pytest_julep_secrets.leaks.search import Search
from pytest_julep_secrets.leaks.watch import Watch, why_not

# So many names in one note.
_SHOWN: Final = 20
_CONTROLS: Final = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}


@dataclass(frozen=True, slots=True)
class Values:
    """Values to look for.

    Attributes:
        pairs: Names and values, in the order they came, each value once.
        notes: What a user should know of the sources: duplicates, empty and too short entries. A
            sentence each, never a value.
    """

    pairs: tuple[tuple[str, str], ...] = field(repr=False)
    notes: tuple[str, ...] = ()

    def watch(self) -> Watch:
        """Have them looked for."""
        # Files are searched for pieces of values first, and only around those for all of them: an
        # automaton of all would take longer to build than it saves.
        made = Watch(Search(engine=Matcher()))
        for name, value in self.pairs:
            made.add(name, value, "")
        return made


@dataclass(frozen=True, slots=True)
class Given:
    """One entry of a source.

    Attributes:
        name: Its name: of what is nested, with dots.
        value: Its value, as far as it is a text.
        shown: What to call it where its name may not be one; "" for its name.
    """

    name: str
    value: str | None = field(repr=False)
    shown: str = ""


def usable(given: Iterable[Given], where: str) -> Values:
    """Keep what can be looked for, and note the rest.

    Args:
        given: The entries of one source.
        where: What to call it as a note begins: "The file '.env'".
    """
    # By value: under which names. By reason: what is not looked for.
    names: dict[str, list[str]] = {}
    unusable: dict[str, list[str]] = {}
    for one in given:
        # What is around a value in a file that it was read from is not printed with it.
        value = one.value.strip() if one.value is not None else None
        reason = _why_not(one.name, value)
        if value is None or reason is not None:
            shown = "(unnamed)" if value and value in one.name else one.shown or f"'{one.name}'"
            unusable.setdefault(reason or "", []).append(shown)
        elif one.name not in names.setdefault(value, []):
            names[value].append(one.name)
    notes = [*_unusable(unusable, where), *_versions(names, where), *_same(names, where)]
    if not names:
        notes.append(f"{where} gives no value that can be looked for.")
    safe = tuple(_without(names, note) for note in notes)
    return Values(tuple((same[0], value) for value, same in names.items()), safe)


def merge(sources: Sequence[Values]) -> Values:
    """Put what several sources give into one, with all their notes."""
    names: dict[str, list[str]] = {}
    notes: dict[str, None] = {}
    for source in sources:
        notes.update(dict.fromkeys(source.notes))
        for name, value in source.pairs:
            if name not in names.setdefault(value, []):
                names[value].append(name)
    notes.update(dict.fromkeys(_same(names, "What is given")))
    # A name of one source may hold a value of another.
    safe = tuple(_without(names, note) for note in notes)
    return Values(tuple((same[0], value) for value, same in names.items()), safe)


def _why_not(name: str, value: str | None) -> str | None:
    if value is None:
        return "not a text"
    if not value:
        return "empty"
    # Nested, it may be equal to its own, last part of the name.
    return why_not(name, value) or why_not(name.rpartition(".")[2], value)


def _unusable(unusable: dict[str, list[str]], where: str) -> Iterator[str]:
    for reason, names in unusable.items():
        yield f"{where}: not looked for ({reason}): {_some(list(dict.fromkeys(names)))}."


def _versions(names: dict[str, list[str]], where: str) -> Iterator[str]:
    counts = Counter(name for same in names.values() for name in same)
    for name, count in counts.items():
        if count > 1:
            yield f"{where}: '{name}' has {count} values; all of them are looked for."


def _same(names: dict[str, list[str]], where: str) -> Iterator[str]:
    for same in names.values():
        if len(same) > 1:
            shown = [f"'{name}'" for name in same]
            yield f"{where}: {_some(shown)} have the same value; findings name {shown[0]}."


def _some(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _without(values: Iterable[str], note: str) -> str:
    """Return a note without values: a name may hold one."""
    for value in values:
        note = note.replace(value, "(hidden)")
    # One line, whatever a name is.
    return note.translate(_CONTROLS)
