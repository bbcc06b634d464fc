"""Whether the fake gets slower the more it holds."""

from __future__ import annotations

from collections.abc import Iterator

from bench.filled import Filled
from bench.result import Line
from bench.timing import Effort, compare, loop


def run(effort: Effort) -> Iterator[Line]:
    """Compare each operation among 100,000 secrets with the same among 100."""
    number = effort.number(100)
    large, small = Filled(effort.number(100_000), number), Filled(100, number)
    for name in ("create", "update", "delete", "page"):
        pairs = compare(
            loop(getattr(large, name), number),
            loop(getattr(small, name), number),
            effort.rounds(25),
        )
        yield Line("growth", f"answer(): {name} among 100,000", "among 100", pairs)
