"""What the fake adds to a call of the SDK."""

from __future__ import annotations

from collections.abc import Iterator

from bench.clients import Operation, canned, creating, intercepted, listing, on_transport
from bench.result import Goal, Line
from bench.timing import Effort, compare, loop

# What is called, how many secrets there are, how often it is measured.
_CALLS: tuple[tuple[str, Operation, int, int], ...] = (
    ("list() of 1", listing, 1, 2000),
    ("list() of 100", listing, 100, 200),
    ("create()", creating, 1, 2000),
)
_PRODUCTION = "https://api.julep.ai/api"


def run(effort: Effort) -> Iterator[Line]:
    """Compare both ways to the fake with a transport that returns canned bytes, call by call."""
    for name, operation, held, usual in _CALLS:
        rounds = effort.rounds(usual)
        for way, ours, theirs, limit in (
            ("julep_client", on_transport(operation, held), canned(operation, held), 1.15),
            (
                "interception",
                intercepted(operation, held),
                canned(operation, held, _PRODUCTION),
                1.2,
            ),
        ):
            pairs = compare(loop(ours, 1), loop(theirs, 1), rounds)
            goal = Goal("ratio", limit)
            yield Line("sdk", f"{name}, {way}", "SDK on canned bytes", pairs, goal)
