"""What the plugin adds to each test that does not use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import runs
from bench.result import Goal, Line
from bench.timing import Effort, Pairs, compare


def run(effort: Effort) -> Iterator[Line]:
    """Compare whole runs of 3,000 idle tests, then the tests alone, by turns in one run.

    Whole runs also show what collecting costs, but differ among themselves by more than the
    goal; so it is the turns that are held against it.
    """
    number = effort.number(3000)
    tests = [f"def test_{place}():\n    pass\n\n" for place in range(2 * number)]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "test_idle.py"
        file.write_text("".join(tests[:number]), encoding="utf-8")
        on, off = runs.whole_run(file, "julep_secrets"), runs.whole_run(file)
        whole = compare(on, off, effort.rounds(11))
    yield Line("idle", "an idle test of a whole run, plugin on", "without it", whole)
    took = runs.seconds_of_tests("".join(tests), ["julep_secrets"], left_out="julep_secrets_hooks")
    pairs = Pairs(list(zip(took[::2], took[1::2], strict=True)))
    yield Line("idle", "an idle test, plugin on", "without it", pairs, Goal("more", 15e-6))
