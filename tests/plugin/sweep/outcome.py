"""What became of the texts, as a table of channels and forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from plugin import search
from plugin.sweep import channels, runs
from plugin.sweep.cases import FORMS, Case, Plan

# The number of a channel, and a form.
Cell = tuple[int, str]


class Outcome(NamedTuple):
    """Texts, each once however often it was seen.

    Attributes:
        leaked: Those that a run without the plugin shows.
        found: Those that failed their test.
        left: Those that a run with the plugin shows.
    """

    leaked: set[tuple[int, Case]]
    found: set[tuple[int, Case]]
    left: set[tuple[int, Case]]


def texts_of(plan: Plan) -> set[tuple[int, Case]]:
    """All that is leaked."""
    numbers = range(len(channels.NAMES))
    return {(one, case) for one in numbers for batch in plan.batches(one) for case in batch}


def seen_in(run: runs.Run, plan: Plan) -> set[tuple[int, Case]]:
    """Search all that a run left for all that was leaked, and for the values themselves."""
    texts = texts_of(plan)
    wanted: dict[str, set[tuple[int, Case]]] = {}
    for number, case in texts:
        for needle in (case.shown, case.value):
            wanted.setdefault(needle, set()).add((number, case))
    seen = set()
    for name, text in run.written.items():
        for reading in search.readings(name, text):
            for needle, ones in wanted.items():
                numbers = set(search.tags(needle, reading))
                seen |= {one for one in ones if one[0] in numbers}
    return seen


def found_in(run: runs.Run, plan: Plan) -> set[tuple[int, Case]]:
    """Read off the run's reports which texts have failed their test."""
    by_test = runs.found_by_test(run)
    return {
        (number, case)
        for number in range(len(channels.ALL))
        for place, batch in enumerate(plan.batches(number))
        for case in batch
        if case.shape in by_test.get(f"[batch{place}-{channels.ALL[number].id}]", ())
    }


def _count(texts: Iterable[tuple[int, Case]]) -> Counter[Cell]:
    return Counter((number, case.form) for number, case in texts)


_WIDTH: Final = 32


def table(outcome: Outcome) -> Iterator[str]:
    """Write a line for each channel; in each cell leaked/found/left over."""
    counts = [_count(texts) for texts in outcome]

    def cells(numbers: Iterable[int], forms: Iterable[str]) -> str:
        keys = [(number, form) for number in numbers for form in forms]
        return "/".join(str(sum(count[key] for key in keys)) for count in counts)

    yield "Texts leaked (seen without the plugin) / found (failed the test) / left over (seen)"
    yield ""
    for place, form in enumerate(FORMS):
        yield f"  {place:2} {form:24}{cells(range(len(channels.NAMES)), [form])}"
    yield ""
    heads = "".join(f"{place:>9}" for place in range(len(FORMS)))
    yield f"{'':{_WIDTH}}{'all':>12}{heads}"
    for number, name in enumerate(channels.NAMES):
        line = "".join(f"{cells([number], [form]):>9}" for form in FORMS)
        yield f"{name:{_WIDTH}}{cells([number], FORMS):>12}{line}"
