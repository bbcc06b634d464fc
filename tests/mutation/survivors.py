"""Mutants that no test notices, held against the list of those that are known.

A mutant is known by its file, its function and the lines it changes, and never by a line's
number: code may move.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

LEAST_RATE: Final = 90
# What mutmut says of a mutant that was noticed. All others survived: those without a test too.
_KILLED: Final = frozenset({"killed", "timeout", "segfault"})


class Outcome(NamedTuple):
    """What became of a mutant.

    Attributes:
        mutant: Its name, as mutmut gives it.
        status: "killed", "survived", "no tests", ...
    """

    mutant: str
    status: str

    @property
    def killed(self) -> bool:
        """Whether a test noticed it."""
        return self.status in _KILLED


class Survivor(NamedTuple):
    """What tells a mutant from all others.

    Attributes:
        file: Its path from the project's folder.
        function: Its name; a method's stands behind its class.
        change: The lines it takes out, each behind "- ", and those it puts in, behind "+ ".
    """

    file: str
    function: str
    change: str


def outcomes(results: str) -> list[Outcome]:
    """Read what `mutmut results --all true` prints."""
    pairs = (line.strip().split(": ") for line in results.splitlines() if line.strip())
    return [Outcome(mutant, status) for mutant, status in pairs]


def survivor(shown: str) -> Survivor:
    """Read what `mutmut show` prints of a mutant."""
    title, file, _, *diff = shown.strip().splitlines()
    # `module.x_function__mutmut_1: survived`, or with `xǁClassǁmethod` for a method.
    name = title.partition(": ")[0].rpartition(".")[2].partition("__mutmut_")[0]
    changed = [f"{line[0]} {line[1:].strip()}" for line in diff if line[:1] in {"-", "+"}]
    return Survivor(file.removeprefix("--- "), name[2:].replace("ǁ", "."), "\n".join(changed))


def known(toml: str) -> dict[Survivor, str]:
    """Read the list: why each of them may survive.

    Raises:
        ValueError: One of them has no reason.
    """
    found = {}
    for entry in tomllib.loads(toml).get("survivors", []):
        for change in entry["changes"]:
            found[Survivor(entry["file"], entry["function"], change.strip())] = entry["why"]
    if not all(why.strip() for why in found.values()):
        raise ValueError("A survivor is listed without a reason. Say why no test can notice it.")
    return found


def rates(results: Collection[Outcome]) -> Iterator[str]:
    """Tell for each module, and for all, how many were killed."""
    modules = [outcome.mutant.rpartition(".")[0] for outcome in results]
    all_of, killed = Counter(modules), Counter[str]()
    for module, outcome in zip(modules, results, strict=True):
        killed[module] += outcome.killed
    for module in sorted(all_of):
        yield _rate(module, killed[module], all_of[module])
    yield _rate("all", killed.total(), all_of.total())


def _rate(name: str, killed: int, mutants: int) -> str:
    return f"{name:42} {killed:4} of {mutants:4} killed  {killed / mutants:6.1%}"


def complaints(
    results: Collection[Outcome], found: Collection[Survivor], listed: Mapping[Survivor, str]
) -> Iterator[str]:
    """Tell what is wrong: too few killed, one that is not listed, one that is and was killed."""
    killed = sum(outcome.killed for outcome in results)
    if killed * 100 < LEAST_RATE * len(results):
        yield f"Fewer than {LEAST_RATE} % were killed."
    yield from differences(found, listed)


def differences(found: Collection[Survivor], listed: Collection[Survivor]) -> Iterator[str]:
    """Tell of each that is not listed, and of each that is and was killed."""
    for one in sorted(set(found) - set(listed)):
        yield f"No test notices this. Write one, or list it with a reason:\n\n{_entry(one)}"
    for one in sorted(set(listed) - set(found)):
        yield f"This is listed and does not survive. Take it off the list:\n\n{_entry(one)}"


def _entry(one: Survivor) -> str:
    return (
        f'[[survivors]]\nfile = "{one.file}"\nfunction = "{one.function}"\n'
        f"changes = ['''\n{one.change}\n''']\nwhy = \"\"\n"
    )
