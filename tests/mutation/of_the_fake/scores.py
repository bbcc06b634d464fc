"""How many mutants each judge has noticed, file by file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from mutation.survivors import Survivor

LEAST_RATE: Final = 95
# They see what anybody sees of a server.
FROM_OUTSIDE: Final = ("recordings", "contract")
ITS_OWN: Final = "own tests"


class Inside(NamedTuple):
    """What no answer of the server tells of, so that its own tests have to.

    Attributes:
        file: Its path.
        functions: Which of its functions; none stands for all of the file.
        about: Changes of which lines, by a part of their text; none stands for all lines.
    """

    file: str
    functions: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()

    def holds(self, mutant: Survivor) -> bool:
        """Tell whether a mutant is of this."""
        return (
            mutant.file == self.file
            and (not self.functions or mutant.function in self.functions)
            and (not self.about or any(part in mutant.change for part in self.about))
        )


def inside(toml: str) -> list[Inside]:
    """Read what is listed as not to be seen from outside."""
    return [
        Inside(file, frozenset(entry.get("functions", ())), frozenset(entry.get("about", ())))
        for entry in tomllib.loads(toml).get("inside", [])
        for file in entry["files"]
    ]


def judges(mutant: Survivor, listed: Iterable[Inside]) -> tuple[str, ...]:
    """Name those that have to notice a mutant, one of them at least."""
    return (ITS_OWN,) if any(one.holds(mutant) for one in listed) else FROM_OUTSIDE


Noticed = Mapping[Survivor, Mapping[str, bool]]


def table(noticed: Noticed) -> Iterator[str]:
    """Tell for each file, and for all, how many each judge has noticed."""
    width = max(len(mutant.file) for mutant in noticed)
    yield f"{'seen from outside':{width}} mutants  recordings    contract    together"
    yield from _rows(noticed, FROM_OUTSIDE, width)
    yield f"\n{'not seen from outside':{width}} mutants   own tests"
    yield from _rows(noticed, (ITS_OWN,), width)


def _rows(noticed: Noticed, judges: tuple[str, ...], width: int) -> Iterator[str]:
    rows = [(mutant.file, by) for mutant, by in noticed.items() if set(by) == set(judges)]
    for file in sorted({file for file, _ in rows}):
        yield _row(file, [by for one, by in rows if one == file], judges, width)
    yield _row("all", [by for _, by in rows], judges, width)


def _row(name: str, by: list[Mapping[str, bool]], judges: tuple[str, ...], width: int) -> str:
    counts = [sum(one[judge] for one in by) for judge in judges]
    if len(judges) > 1:
        counts.append(sum(any(one.values()) for one in by))
    shown = (f"{count:5} {count / max(len(by), 1):6.1%}" for count in counts)
    return f"{name:{width}} {len(by):7}{''.join(shown)}"


def too_few(noticed: Noticed) -> Iterator[str]:
    """Complain if fewer were noticed from outside than has to be."""
    by = [any(one.values()) for one in noticed.values() if set(one) == set(FROM_OUTSIDE)]
    if sum(by) * 100 < LEAST_RATE * len(by):
        yield f"Fewer than {LEAST_RATE} % were noticed by {' and '.join(FROM_OUTSIDE)}."


def survivors(noticed: Noticed) -> set[Survivor]:
    """Those that can be seen from outside, and that neither judge has noticed."""
    return {
        mutant
        for mutant, by in noticed.items()
        if set(by) == set(FROM_OUTSIDE) and not any(by.values())
    }
