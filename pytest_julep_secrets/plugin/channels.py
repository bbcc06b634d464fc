"""The places where a run of pytest puts text: what is found in them, and its redaction.

Text is changed where it stands, before pytest shortens it, and reports are never replaced:
other plugins hold on to them.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable, Hashable, Iterator
from functools import partial
from typing import Any, Final
from warnings import WarningMessage

import pytest

from pytest_julep_secrets.guards.verdict import reach
from pytest_julep_secrets.leaks.finding import Finding
from pytest_julep_secrets.leaks.sources import exception_text
from pytest_julep_secrets.leaks.watch import Watch
from pytest_julep_secrets.plugin import loggers
from pytest_julep_secrets.plugin.plain import redacted_copy
from pytest_julep_secrets.plugin.state import TestState, state_of

Redact = Callable[[str], str]

# What identifies a report: xdist, sub-tests and --lf look a test up by it. And what is no text.
_LEFT_ALONE: Final = frozenset(
    {
        "nodeid", "_id", "location", "keywords", "outcome", "when", "duration", "start", "stop",
        "call", "item", "result",
    }
)  # fmt: skip


def owners_of(item: pytest.Item) -> set[Hashable]:
    """Return who answers for values in a test's text."""
    return state_of(item.config).owners.of(item)


def look_through(place: str, text: str, watch: Watch, item: pytest.Item, test: TestState) -> bool:
    """Find values in a text.

    What the test answers for is added to its findings; what it does not is kept, as it may store
    such a value later.

    Returns:
        Whether there is any.
    """
    hits = watch.find(text, lambda: owners_of(item))
    test.unowned += [(hit.number, f"{place}, line {hit.line}") for hit in hits if not hit.owned]
    first = {hit.label: hit for hit in reversed(hits) if hit.owned}
    test.findings += [
        Finding(f"{place}, line {hit.line}", label, hit.form)
        for label, hit in sorted(first.items())
    ]
    return bool(hits)


def claim(watch: Watch, item: pytest.Item, test: TestState) -> None:
    """Turn what was found before into findings, where the test has come to answer for it."""
    if test.unowned:
        owners = owners_of(item)
        owned = [one for one in test.unowned if watch.owns(one[0], owners)]
        test.unowned = [one for one in test.unowned if one not in owned]
        test.findings += [Finding(place, watch.label(number, owners)) for number, place in owned]


def look_through_sections(
    item: pytest.Item, watch: Watch, test: TestState, phase: str | None
) -> None:
    """Find and redact in what was captured so far; every report of the test copies it."""
    # Private to pytest, and the only place before the copies.
    sections: list[tuple[str, str, str]] = getattr(item, "_report_sections", [])
    count, known = test.scanned
    for number in range(count if known == len(watch) else 0, len(sections)):
        when, kind, text = sections[number]
        before = len(test.findings)
        if look_through(f"the captured {kind} of the {when} phase", text, watch, item, test):
            sections[number] = (when, kind, watch.redact(text, lambda: owners_of(item)))
            # Of an earlier phase there are no records any more.
            if kind == "log" and when == phase:
                found = test.findings[before:]
                test.findings[before:] = loggers.tell(
                    found, item, watch, lambda: owners_of(item), test
                )
    test.scanned = (len(sections), len(watch))


def look_through_exception(
    raised: BaseException | None, watch: Watch, item: pytest.Item, test: TestState
) -> None:
    """Find values in what exceptions say, unless pytest said it for them: an assertion's text."""
    while test.uncaught:
        look_through(*test.uncaught.pop(0), watch, item, test)
    for error in reach(raised):
        if not is_of_pytest(error):
            place = f"the text of {type(error).__name__}"
            look_through(place, exception_text(error), watch, item, test)


def is_of_pytest(error: BaseException) -> bool:
    """Tell whether pytest says what an exception says: it tells of values because a test failed."""
    if isinstance(error, pytest.xfail.Exception):
        return False
    return isinstance(error, AssertionError | pytest.fail.Exception)


def redact_report(report: Any, redact: Redact, new_sections: int = 0) -> None:
    """Redact everything that a report says.

    What pytest itself has made is changed where it stands, as others hold on to it. What may be
    a user's is replaced by a copy.

    Args:
        report: Of a test, a sub-test or a collector.
        redact: Returns a text without values.
        new_sections: Where the sections begin that are not redacted yet.
    """
    for name, value in list(vars(report).items()):
        if name == "sections":
            value[new_sections:] = redacted_copy(value[new_sections:], redact)
        elif name == "longrepr":
            report.longrepr = _redacted_longrepr(value, redact)
        elif name == "context":
            # Of a sub-test.
            redact_parts(value, redact)
        elif name not in _LEFT_ALONE:
            new = redacted_copy(value, redact)
            if new is not value:
                setattr(report, name, new)


def _redacted_longrepr(longrepr: Any, redact: Redact) -> Any:
    if type(longrepr).__module__.startswith("_pytest."):
        redact_parts(longrepr, redact)
        return longrepr
    if longrepr is None or isinstance(longrepr, str | tuple):
        return redacted_copy(longrepr, redact)
    # Somebody's own, of which only the text is known.
    text = str(longrepr)
    return longrepr if redact(text) == text else redact(text)


def redact_parts(part: Any, redact: Redact, seen: set[int] | None = None) -> None:
    """Redact all texts in an object of pytest's, and in those that it is made of."""
    seen = set() if seen is None else seen
    if id(part) in seen or isinstance(part, pytest.Item | pytest.Collector | pytest.Config):
        return
    seen.add(id(part))
    for name in [*getattr(part, "__dict__", ()), *getattr(type(part), "__slots__", ())]:
        old = getattr(part, name, None)
        for inner in _parts_of(old):
            redact_parts(inner, redact, seen)
        new = old
        if name == "lines" and isinstance(old, list):
            new = _redacted_lines(old, redact)
        elif isinstance(old, str | list | tuple | dict):
            new = redacted_copy(old, redact)
        if new is not old:
            # Some are frozen.
            object.__setattr__(part, name, new)


def _redacted_lines(lines: list[str], redact: Redact) -> list[str]:
    """Redact lines as one text: what is encoded may go over several."""
    text = "\n".join(lines)
    safe = redact(text)
    return lines if safe == text else safe.split("\n")


def _parts_of(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _parts_of(inner)
    elif type(value).__module__.startswith("_pytest."):
        yield value


def redactor(watch: Watch, item: pytest.Item | None) -> Redact:
    """Return what redacts as a test sees it: its own values have other labels than others'."""
    if item is None:
        return watch.redact
    return partial(watch.redact, owners=lambda: owners_of(item))


def rename(item: pytest.Item, redact: Redact) -> None:
    """Redact a test's name and id."""
    nodeid = redact(item.nodeid)
    if nodeid == item.nodeid:
        return
    item.name = redact(item.name)
    # Private to pytest, under one name up to 9.1 and another from 9.2 on.
    if hasattr(item, "_id"):
        item._id = type(item._id).parse(nodeid)  # noqa: SLF001
    else:
        vars(item)["_nodeid"] = nodeid


def explain_redacted(
    config: pytest.Config, op: str, sides: tuple[object, object], redact: Redact
) -> list[str] | None:
    """Explain a comparison by copies without values; None if there are none in it."""
    left, right = (redacted_copy(side, redact) for side in sides)
    if left is sides[0] and right is sides[1]:
        return None
    # It ends there: in the copies there is nothing left to redact.
    explained = config.hook.pytest_assertrepr_compare(config=config, op=op, left=left, right=right)
    return next((lines for lines in explained if lines), [f"{left!r} {op} {right!r}"])


def redact_warning(warning: WarningMessage, redact: Redact) -> None:
    """Redact a warning that was recorded, and the line of source that is shown with it."""
    text = str(warning.message)
    if redact(text) != text:
        warning.message = _reworded(warning.category, redact(text))
    line = warning.line or linecache.getline(warning.filename, warning.lineno)
    if redact(line) != line:
        warning.line = redact(line.strip())


def _reworded(category: type[Warning], text: str) -> Warning:
    try:
        made = category(text)
    except Exception:  # noqa: BLE001 - a class of others may want any arguments
        return UserWarning(text)
    return made if str(made) == text else UserWarning(text)
