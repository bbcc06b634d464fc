"""What the plugin adds to each test that does not use it."""

from __future__ import annotations

from collections.abc import Iterator

from bench import runs
from bench.result import Goal, Line
from bench.timing import Effort, Pairs


def run(effort: Effort) -> Iterator[Line]:
    """Run 3,000 idle tests with the plugin and 3,000 without, by turns."""
    tests = [f"def test_{place}():\n    pass\n\n" for place in range(2 * effort.number(3000))]
    took = runs.seconds_of_tests("".join(tests), ["julep_secrets"], left_out="julep_secrets")
    pairs = Pairs(list(zip(took[::2], took[1::2], strict=True)))
    yield Line("idle", "an idle test, plugin on", "without it", pairs, Goal("more", 15e-6))
