"""What the plugin adds to each test that does not use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import runs
from bench.result import Goal, Line
from bench.timing import Effort, compare


def run(effort: Effort) -> Iterator[Line]:
    """Compare a run of idle tests with the plugin and one without."""
    number = effort.number(3000)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "test_idle.py"
        runs.write_tests(file, "def test_{}():\n    pass\n\n", number)
        ours = runs.per_test(file, number, "julep_secrets")
        bare = runs.per_test(file, number)
        pairs = compare(ours, bare, effort.rounds(15))
    yield Line("idle", "an idle test, plugin on", "without it", pairs, Goal("more", 15e-6))
