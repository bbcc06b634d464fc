"""The fake alone: a call in, a reply out, nothing of httpx or the SDK."""

from __future__ import annotations

from collections.abc import Iterator

from bench.clients import canned, listing
from bench.filled import Filled
from bench.result import Goal, Line
from bench.timing import Effort, compare, loop


def run(effort: Effort) -> Iterator[Line]:
    """Compare each operation with one call of the SDK that comes to nothing."""
    number = effort.number(100)
    few, many = Filled(1, number), Filled(100, number)
    sdk = loop(canned(listing, 1), number)
    for name, setting in (
        ("create", few.create),
        ("list of 1", few.list),
        ("list of 100", many.list),
        ("update", many.update),
        ("delete", many.delete),
    ):
        pairs = compare(loop(setting, number), sdk, effort.rounds(25))
        goal = Goal("ours", 30e-6)
        yield Line("answer", f"answer(): {name}", "SDK list() on canned bytes", pairs, goal)
