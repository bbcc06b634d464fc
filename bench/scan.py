"""A scan of a large log, beside what else searches files for given texts."""

from __future__ import annotations

import json
import os
import random
import shutil
import string
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench import processes
from bench.needles import twelve_forms
from bench.result import Goal, Line
from bench.timing import Effort, Measure, always, compare, loop
from pytest_julep_secrets.leaks.chunks import Finder
from pytest_julep_secrets.leaks.matcher import Matcher
from pytest_julep_secrets.leaks.sieve import Sieve
from pytest_julep_secrets.leaks.watch import Watch

_SIZE: Final = 272_000_000
_LINE: Final = (
    "2026-01-02 03:04:%02d,%03d INFO httpx HTTP Request: GET https://api.example.com/v1/charges/"
    'ch_%06d?limit=20 "HTTP/1.1 200 OK" user=%s took %d ms\n'
)
# What the slow ones are given of it.
_SLICE: Final = 2_000_000


def run(effort: Effort) -> Iterator[Line]:
    """Compare whole commands on one core, then searches in this process."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        log, values = _prepare(folder, effort)
        size = f"{log.stat().st_size / 1e6:.0f} MB"
        ours = _ours(folder, "scan", "--values", "values.json", "log.txt")
        what = f"scan {size} for {len(values)} values, [fast]"
        for peer, command in _searchers():
            theirs = _command(folder, *command)
            goal = Goal("ratio", 1.0) if peer.startswith("rg") else None
            yield Line("scan", what, peer, compare(ours, theirs, effort.rounds(3)), goal)
        few = _ours(folder, "scan", "--values", "few.json", "log.txt")
        yield Line(
            "scan", what, "10 values", compare(ours, few, effort.rounds(3)), Goal("ratio", 1.3)
        )
        yield from _beside_loops(log, values, effort)
        yield from _beside_detect_secrets(folder, effort)
        one = _ours(folder, "scan", "--values", "few.json", "line.txt")
        bare = _command(folder, sys.executable, "-c", "pass")
        pairs = compare(one, bare, effort.rounds(15))
        yield Line("scan", "scan one line, from start to end", "python -c pass", pairs)


def _prepare(folder: Path, effort: Effort) -> tuple[Path, list[str]]:
    chance = random.Random(3)  # noqa: S311 - the same log in every run
    values = [_value(chance) for _ in range(effort.number(1000))]
    named = {f"key_{number}": value for number, value in enumerate(values)}
    (folder / "values.json").write_text(json.dumps(named), encoding="utf-8")
    few = dict(list(named.items())[:10])
    (folder / "few.json").write_text(json.dumps(few), encoding="utf-8")
    needles = dict.fromkeys(needle for value in values for needle in twelve_forms(value))
    (folder / "needles.txt").write_text("\n".join(needles) + "\n", encoding="utf-8")
    (folder / "line.txt").write_text(_line(chance, 1), encoding="utf-8")
    log = folder / "log.txt"
    with log.open("w", encoding="utf-8") as file:
        number = size = 0
        while size < effort.number(_SIZE):
            number += 1
            size += file.write(_line(chance, number))
    with log.open("rb") as file:
        (folder / "slice.txt").write_bytes(file.read(_SLICE // 2))
    return log, values


def _line(chance: random.Random, number: int) -> str:
    user = "".join(chance.choices(string.ascii_letters, k=8))
    return _LINE % (number % 60, number % 1000, number, user, number % 4000)


def _value(chance: random.Random) -> str:
    # With something in it that every escape has to escape.
    return f'fake-{"".join(chance.choices(string.ascii_letters + string.digits, k=36))}"/<&'


def _searchers() -> Iterator[tuple[str, list[str]]]:
    needles = ["-F", "-f", "needles.txt", "-c", "log.txt"]
    if shutil.which("rg"):
        yield "rg -F -f, 12 forms", ["rg", "-j1", *needles]
    yield "grep -F -f, 12 forms", ["grep", *needles]


def _ours(folder: Path, *arguments: str) -> Measure:
    main = "import sys; from pytest_julep_secrets.cli import main; sys.exit(main())"
    return _command(folder, sys.executable, "-c", main, *arguments)


def _command(folder: Path, *command: str) -> Measure:
    # One core, so that a second one is no help to anybody.
    core = ["taskset", "-c", str(max(os.sched_getaffinity(0)))] if shutil.which("taskset") else []
    # In bytes, as grep is several times as fast; 1 is what finds nothing, or something.
    return partial(processes.seconds, [*core, *command], folder, {"LC_ALL": "C"}, (0, 1))


def _beside_loops(log: Path, values: list[str], effort: Effort) -> Iterator[Line]:
    with log.open("rb") as file:
        text = file.read(effort.number(_SLICE))
    needles = [one.encode() for value in values for one in dict.fromkeys(twelve_forms(value))]
    watch = Watch()
    for value in values:
        watch.add("key", value, "bench")
    finders = {
        "[fast]": Finder(watch),
        "alone": Finder(watch, sieve=partial(Sieve, fixed=Matcher.of)),
    }
    for name, finder in finders.items():
        pairs = compare(
            loop(always(partial(_search, finder, text)), 1),
            loop(always(lambda: [needle in text for needle in needles]), 1),
            effort.rounds(3),
        )
        what = f"search {len(text) / 1e6:g} MB for {len(values)} values, {name}"
        goal = Goal("ratio", 1 / 20) if name == "alone" else None
        yield Line("scan", what, f"`in`, {len(needles)} needles", pairs, goal)


def _search(finder: Finder, text: bytes) -> int:
    return len(list(finder.find_in([text])))


def _beside_detect_secrets(folder: Path, effort: Effort) -> Iterator[Line]:
    if shutil.which("detect-secrets"):
        ours = _ours(folder, "scan", "--values", "values.json", "slice.txt")
        theirs = _command(folder, "detect-secrets", "scan", "slice.txt")
        pairs = compare(ours, theirs, effort.rounds(3))
        yield Line("scan", "scan the first MB", "detect-secrets, patterns", pairs)
