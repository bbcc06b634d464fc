"""Search what other projects' test runs have left for values that cannot be there.

Usage: python -m leaks.recorded FOLDER, with `tests` on the path. It reads every file of the
folder, and the standard library with its tests. It fails on any finding, on too little text,
and if a planted value is missed.
"""

from __future__ import annotations

import itertools
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from leaks.providers import generated, search_for_a_thousand
from pytest_julep_secrets.leaks.ahocorasick_rs import FastMatcher
from pytest_julep_secrets.leaks.engine import Engine
from pytest_julep_secrets.leaks.matcher import Matcher
from pytest_julep_secrets.leaks.search import Search

LEAST: Final = 50_000_000
ENGINES: Final[dict[str, type[Engine]]] = {"ahocorasick_rs": FastMatcher, "our own": Matcher}
# Characters that are searched at once: as much as the longest reports of a test.
_PIECE: Final = 1_000_000


class Piece(NamedTuple):
    """Whole lines of a file, and the number of the first of them, from 1."""

    path: Path
    line: int
    text: str


def pieces(path: Path) -> Iterator[Piece]:
    line = 1
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        while lines := file.readlines(_PIECE):
            yield Piece(path, line, "".join(lines))
            line += len(lines)


def alarms(search: Search, piece: Piece) -> Iterator[str]:
    """Tell where a value is said to be: its number, never itself."""
    for found in search.find(piece.text):
        line = piece.line + piece.text.count("\n", 0, found.start)
        yield f"{piece.path}:{line}: value {found.number}, as {found.form}"


def searched(name: str, files: list[Path]) -> list[str]:
    """Search files with one engine, and return what it finds."""
    search = search_for_a_thousand(ENGINES[name]())
    if not search.find(f"planted: {generated(1)[0]}"):
        return [f"{name} misses a planted value"]
    began = time.perf_counter()
    found = [
        alarm
        for piece in itertools.chain.from_iterable(map(pieces, files))
        for alarm in alarms(search, piece)
    ]
    seconds = time.perf_counter() - began
    rate = size(files) / 1e6 / seconds
    print(f"{name}: {len(found)} findings, {rate:.2f} MB/s ({seconds:.0f} s)", flush=True)
    return found


def size(files: list[Path]) -> int:
    return sum(path.stat().st_size for path in files)


def main(folder: Path) -> str | None:
    """Search all files, and return what is wrong."""
    recorded = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in recorded:
        print(f"{size([path]) / 1e6:6.1f} MB  {path.relative_to(folder)}")
    library = sorted(Path(sysconfig.get_paths()["stdlib"]).rglob("*.py"))
    library = [path for path in library if "site-packages" not in path.parts]
    print(f"{size(recorded) / 1e6:6.1f} MB  recorded in all")
    print(f"{size(library) / 1e6:6.1f} MB  of the standard library, with its tests", flush=True)
    if size(recorded) < LEAST:
        return f"Only {size(recorded):,} bytes are recorded, which shows little; give {LEAST:,}."
    told = [alarm for name in ENGINES for alarm in searched(name, recorded + library)]
    return "\n".join(told) or None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
