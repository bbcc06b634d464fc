"""What the fake adds to a call of the SDK."""

from __future__ import annotations

from collections.abc import Iterator

from bench.clients import Operation, canned, creating, intercepted, listing, on_transport
from bench.result import Goal, Line
from bench.timing import Effort, compare, loop

_CALLS: tuple[tuple[str, Operation, int], ...] = (
    ("list() of 1", listing, 1),
    ("list() of 100", listing, 100),
    ("create()", creating, 1),
)
_PRODUCTION = "https://api.julep.ai/api"


def run(effort: Effort) -> Iterator[Line]:
    """Compare both ways to the fake with a transport that returns canned bytes."""
    for name, operation, held in _CALLS:
        number, rounds = effort.number(150), effort.rounds(15)
        ours = loop(on_transport(operation, held), number)
        theirs = loop(canned(operation, held), number)
        yield Line(
            "sdk",
            f"{name}, julep_client",
            "SDK on canned bytes",
            compare(ours, theirs, rounds),
            Goal("ratio", 1.15),
        )
        ours = loop(intercepted(operation, held), number)
        theirs = loop(canned(operation, held, _PRODUCTION), number)
        yield Line(
            "sdk",
            f"{name}, interception",
            "SDK on canned bytes",
            compare(ours, theirs, rounds),
            Goal("ratio", 1.2),
        )
