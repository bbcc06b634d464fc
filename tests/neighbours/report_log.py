"""What pytest-reportlog writes of a test run, so far as another run has to say the same."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple


class Seen(NamedTuple):
    """One thing that a run has told: of a collection, a phase of a test, a warning, its end."""

    kind: str
    outcome: str
    where: str


def seen(lines: Iterable[str]) -> Counter[Seen]:
    """Count what a report log tells, without the times and texts, which no two runs share."""
    return Counter(one for line in lines for one in _told(json.loads(line)))


def _told(entry: dict[str, Any]) -> Iterator[Seen]:
    match entry["$report_type"]:
        case "CollectReport":
            yield Seen("collection", entry["outcome"], entry["nodeid"])
        case "TestReport":
            expected = " (xfail)" if "wasxfail" in entry else ""
            yield Seen(entry["when"], entry["outcome"] + expected, entry["nodeid"])
        case "WarningMessage":
            yield Seen("warning", entry["category"], f"{entry['filename']}:{entry['lineno']}")
        case "SessionFinish":
            yield Seen("run", f"exit status {entry['exitstatus']}", "")


def counts(run: Counter[Seen]) -> str:
    """Say how often each outcome was told: `3 call passed, 1 warning UserWarning`."""
    told = Counter[tuple[str, str]]()
    for one, times in run.items():
        told[one.kind, one.outcome] += times
    return ", ".join(f"{times} {kind} {outcome}" for (kind, outcome), times in sorted(told.items()))


def differences(alone: Counter[Seen], beside: Counter[Seen]) -> Iterator[str]:
    """Tell what only one of two runs has, or has more often: `-` the first, `+` the second."""
    for sign, more in (("-", alone - beside), ("+", beside - alone)):
        for (kind, outcome, where), times in sorted(more.items()):
            yield f"{sign} {times} {kind} {outcome} {where}".rstrip()
