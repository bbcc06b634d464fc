"""Every form of every shape through every channel: nothing is left, by an independent search.

Printed with `-s`: a table of channels and forms. `SWEEP=all`, as the nox session `sweep` sets it,
runs the whole product; else each channel shows each form and each shape once, and on workers of
xdist each shape.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from plugin import test_channels
from plugin.sweep import channels, outcome, runs
from plugin.sweep.cases import SHAPES, Case, Plan
from plugin.sweep.outcome import Outcome

WHOLE: Final = os.environ.get("SWEEP") == "all"
PLANS: Final = [Plan(turn, WHOLE) for turn in range(len(SHAPES) if WHOLE else 1)]

FOLDER: Final = Path(__file__).parent / "sweep"
TESTS: Final = {"test_sweep.py": (FOLDER / "channels.py").read_text()}
OUTSIDE: Final = {
    "conftest.py": (FOLDER / "outside.py").read_text(),
    "test_ids.py": """
from conftest import texts_of

print("\\n".join(texts_of("import")))

def test_id(id_of):
    assert id_of < 0
""",
    "test_broken.py": """
from conftest import texts_of

raise LookupError("\\n".join(texts_of("collection error")))
""",
}
ENDS: Final = channels.OUTSIDE["conftest, usage and internal errors, interrupts"]

Texts = set[tuple[int, Case]]


def all_runs(folder: Path, plan: Plan, *args: str, without_us: bool = False) -> Iterator[runs.Run]:
    """All that it takes to leak through every channel."""
    for name, files in {"tests": TESTS, "outside": OUTSIDE}.items():
        made = runs.run(
            folder / name, files, plan, *runs.WRITING, *args, without_us=without_us
        )  # fmt: skip
        assert "INTERNALERROR" not in made.written["stdout"]
        yield made
    for end in () if args else ENDS:
        name = end.replace(" ", "_")
        yield runs.run(folder / name, OUTSIDE, plan, *args, without_us=without_us, end=end)


def seen(folder: Path, plan: Plan, *args: str, without_us: bool = False) -> tuple[Texts, Texts]:
    """Those that failed their test, and those that a search has found."""
    made = list(all_runs(folder, plan, *args, without_us=without_us))
    found = [outcome.found_in(run, plan) for run in made]
    left = [outcome.seen_in(run, plan) for run in made]
    return set().union(*found), set().union(*left)


def to_be_found(plan: Plan) -> Texts:
    """What has to fail its test: all in those channels that the docs say are searched."""
    documented = test_channels.documented()
    rows = [row for row, some in channels.CHANNELS.items() for _ in some]
    searched = {number for number, row in enumerate(rows) if documented[row]}
    return {(number, case) for number, case in outcome.texts_of(plan) if number in searched}


# Where pytest takes no half of a surrogate pair: all that is printed with it is lost.
REFUSED: Final = {"unread capsys", "capsys disabled"}


# As the limits page says.
SURROGATES_LEFT: Final = {"xml attribute", "suite properties"}


def limits(plan: Plan) -> Texts:
    """What may be left over; where each form is shown but once, nothing is."""
    return {
        (number, case)
        for number, case in (outcome.texts_of(plan) if WHOLE else ())
        if channels.NAMES[number] == "group"
        or (case.shape == "surrogates" and channels.NAMES[number] in SURROGATES_LEFT)
    }


def carried(texts: Texts) -> Texts:
    """Leave out what pytest cannot carry."""
    return {
        (number, case)
        for number, case in texts
        if case.shape != "surrogates" or channels.NAMES[number] not in REFUSED
    }


by_turn: Final = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"turn{plan.turn}")


@by_turn
def test_nothing_is_left(plan: Plan, tmp_path: Path) -> None:
    _, leaked = seen(tmp_path / "without", plan, without_us=True)
    found, left = seen(tmp_path / "serial", plan)
    print("\n".join(outcome.table(Outcome(leaked, found, left))))

    assert left <= limits(plan)
    # There was something to find, in each form and shape.
    assert carried(leaked) == carried(outcome.texts_of(plan))
    assert carried(found) == carried(to_be_found(plan))


@by_turn
def test_nothing_is_left_by_workers(plan: Plan, tmp_path: Path) -> None:
    plan = plan._replace(encodable=True, short=not WHOLE)

    found, left = seen(tmp_path / "workers", plan, "-n", "2")
    print("\n".join(outcome.table(Outcome(set(), found, left))))

    assert left <= limits(plan)
    assert found == to_be_found(plan)


def test_nothing_is_left_of_100_kb(tmp_path: Path) -> None:
    plan = Plan(huge=True)

    run = runs.run(tmp_path / "huge", TESTS, plan, *runs.WRITING)

    assert outcome.seen_in(run, plan) == set()
    assert outcome.found_in(run, plan) == to_be_found(plan)


LIVE: Final = (
    "-k", "stdout or stderr or log or compare_texts",
    "-o", "log_cli=true", "-o", "log_cli_level=DEBUG", "--debug=debug.log",
)  # fmt: skip


@by_turn
def test_nothing_is_left_live(plan: Plan, tmp_path: Path) -> None:
    """What is printed and logged goes to the terminal at once; all else to a file of pytest's."""
    without = runs.run(tmp_path / "without", TESTS, plan, "-s", *LIVE, without_us=True)
    run = runs.run(tmp_path / "with", TESTS, plan, "-s", *LIVE)

    for name in ("stdout", "debug.log"):
        only = without._replace(written={name: without.written[name]})
        assert {case.shape for _, case in outcome.seen_in(only, plan)} == set(SHAPES)
    assert outcome.seen_in(run, plan) == set()
