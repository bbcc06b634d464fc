"""The places where a run of pytest puts text: what is found in them, and its redaction.

Text is changed where it stands, before pytest shortens it, and reports are never replaced:
other plugins hold on to them.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable, Hashable
from typing import Any, Final
from warnings import WarningMessage

import pytest

from pytest_julep_secrets.guards.verdict import reach
from pytest_julep_secrets.leaks.finding import Finding
from pytest_julep_secrets.leaks.sources import exception_text
from pytest_julep_secrets.leaks.watch import Watch
from pytest_julep_secrets.plugin.state import TestState
from pytest_julep_secrets.plugin.summary import Note

Redact = Callable[[str], str]

# What identifies a report: xdist, sub-tests and --lf look a test up by it. And what is no text.
_LEFT_ALONE: Final = frozenset(
    {
        "nodeid",
        "_id",
        "location",
        "keywords",
        "outcome",
        "when",
        "duration",
        "start",
        "stop",
        "call",
    }
)


def owners_of(item: pytest.Item) -> set[Hashable]:
    """Return who answers for values in a test's text: the test, and the fixtures it uses."""
    # Private to pytest, and nothing else knows fixtures that were asked for by name at run time.
    request = getattr(item, "_request", None)
    return {item.nodeid, *getattr(request, "_fixture_defs", {}).values()}


def look_through(place: str, text: str, watch: Watch, item: pytest.Item, test: TestState) -> bool:
    """Find values in a text.

    What the test answers for is added to its findings, what it does not to its notes.

    Returns:
        Whether there is any.
    """
    hits = watch.find(text, lambda: owners_of(item))
    test.notes += [Note("elsewhere", hit.label) for hit in hits if not hit.owned]
    first = {hit.label: hit for hit in reversed(hits) if hit.owned}
    test.findings += [
        Finding(f"{place}, line {hit.line}", label, hit.form)
        for label, hit in sorted(first.items())
    ]
    return bool(hits)


def look_through_sections(item: pytest.Item, watch: Watch, test: TestState) -> None:
    """Find and redact in what was captured so far; every report of the test copies it."""
    # Private to pytest, and the only place before the copies.
    sections: list[tuple[str, str, str]] = getattr(item, "_report_sections", [])
    count, known = test.scanned
    for number in range(count if known == len(watch) else 0, len(sections)):
        when, kind, text = sections[number]
        if look_through(f"the captured {kind} of the {when} phase", text, watch, item, test):
            sections[number] = (when, kind, watch.redact(text, lambda: owners_of(item)))
    test.scanned = (len(sections), len(watch))


def look_through_exception(
    raised: BaseException | None, watch: Watch, item: pytest.Item, test: TestState
) -> None:
    """Find values in what exceptions say, unless pytest said it for them: an assertion's text."""
    for error in reach(raised):
        if not _is_of_pytest(error):
            place = f"the text of {type(error).__name__}"
            look_through(place, exception_text(error), watch, item, test)


def _is_of_pytest(error: BaseException) -> bool:
    if isinstance(error, pytest.xfail.Exception):
        return False
    return isinstance(error, AssertionError | pytest.fail.Exception)


def redact_report(report: Any, redact: Redact, new_sections: int = 0) -> None:
    """Redact everything that a report says.

    Args:
        report: Of a test, a sub-test or a collector.
        redact: Returns a text without values.
        new_sections: Where the sections begin that are not redacted yet.
    """
    seen: set[int] = set()
    for name, value in vars(report).items():
        if name == "sections":
            value[new_sections:] = _redacted(value[new_sections:], redact, seen)
        elif name not in _LEFT_ALONE:
            setattr(report, name, _redacted(value, redact, seen))
    longrepr = getattr(report, "longrepr", None)
    if longrepr is not None and not _is_known(longrepr):
        # Somebody's own, of which only the text is known.
        text = str(longrepr)
        if redact(text) != text:
            report.longrepr = redact(text)


def _is_known(value: object) -> bool:
    return isinstance(value, str | tuple) or type(value).__module__.startswith("_pytest.")


def _redacted(value: Any, redact: Redact, seen: set[int]) -> Any:
    """Redact a text, or all texts in what pytest's reports are made of, in place where it can."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, list):
        value[:] = [_redacted(inner, redact, seen) for inner in value]
    elif isinstance(value, tuple):
        inner = [_redacted(part, redact, seen) for part in value]
        return type(value)(*inner) if hasattr(value, "_fields") else tuple(inner)
    elif isinstance(value, dict):
        value.update({key: _redacted(inner, redact, seen) for key, inner in value.items()})
    elif type(value).__module__.startswith("_pytest.") and id(value) not in seen:
        seen.add(id(value))
        _redact_attributes(value, redact, seen)
    return value


def _redact_attributes(value: object, redact: Redact, seen: set[int]) -> None:
    if isinstance(value, pytest.Item | pytest.Collector | pytest.Config):
        return
    for name in [*getattr(value, "__dict__", ()), *getattr(type(value), "__slots__", ())]:
        old = getattr(value, name, None)
        new = _redacted(old, redact, seen)
        if new is not old:
            # Some are frozen.
            object.__setattr__(value, name, new)


def redact_warning(warning: WarningMessage, redact: Redact) -> None:
    """Redact a warning that was recorded, and the line of source that is shown with it."""
    text = str(warning.message)
    if redact(text) != text:
        kind = warning.category if issubclass(warning.category, Warning) else UserWarning
        warning.message = kind(redact(text))
    line = warning.line or linecache.getline(warning.filename, warning.lineno)
    if redact(line) != line:
        warning.line = redact(line.strip())
