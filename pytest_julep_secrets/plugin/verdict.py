"""How violations and leaks fail a test: in the outermost wrapper of `pytest_runtest_makereport`.

Raising would not do: xfail takes it for the expected failure, and what a fixture raises makes
an error beside a passed test. So a report is changed, and keeps what it said before.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from pytest_julep_secrets.errors import Violation
from pytest_julep_secrets.guards.verdict import reach
from pytest_julep_secrets.leaks.finding import Finding
from pytest_julep_secrets.plugin import blind, channels, exemptions, rerunfailures, settings
from pytest_julep_secrets.plugin.outcomes import (
    TITLE,
    Trouble,
    add,
    join,
    leaked,
    place,
    representation,
    swallowed,
    unused,
)
from pytest_julep_secrets.plugin.state import State
from pytest_julep_secrets.plugin.summary import Note, attach
from pytest_julep_secrets.run import Run

if TYPE_CHECKING:
    import pytest


def before_report(state: State, run: Run, item: pytest.Item, phase: str) -> None:
    """Look through what was captured, before the report copies it."""
    channels.look_through_sections(item, run.watch, state.test, phase)
    blind.look_through_readings(state, run, item)


def after_report(
    state: State, run: Run, item: pytest.Item, call: pytest.CallInfo[None], report: Any
) -> None:
    """Fail the report if its phase violated or leaked anything, and redact it."""
    test = state.test
    raised = call.excinfo.value if call.excinfo else None
    seen = run.record.take_seen(raised)
    for other in getattr(item, "_excinfo", None) or ():
        # unittest's: what its tearDown raised is told by a later report.
        test.tainted |= run.record.take_seen(other.value)
    test.tainted |= seen
    channels.look_through_exception(raised, run.watch, item, test)
    if test.in_call:
        # A sub-test's: what was swallowed in it, and what it leaked, the test answers for.
        _redact(run, item, report, 0)
        return
    expected = getattr(report, "wasxfail", "")
    channels.look_through("the reason of the xfail", expected, run.watch, item, test)
    channels.claim(run.watch, item, test)
    troubles = [*test.pending, *_swallowed(run), *_leaks(state, item)]
    troubles += blind.troubles(state, run, item, report.when)
    test.pending = []
    _redact(run, item, report, len(getattr(item, "_report_sections", ())))
    if seen and not report.failed:
        # It was the failure that xfail expected.
        _end_xfail(report)
    faults = _unused_faults(run, item, report)
    if troubles or faults:
        _tell(state, item, report, [*troubles, *faults])
    if test.tainted or troubles:
        rerunfailures.stop(item, report.when)
    test.failed |= report.failed
    if report.when == "call" and (not report.skipped or hasattr(report, "wasxfail")):
        # A test that is skipped may need what no other one does.
        test.notes += exemptions.allowed_in(item)
    if report.when == "teardown":
        test.notes += [Note("elsewhere", run.watch.label(number, ())) for number, _ in test.unowned]
        _note_ignored(state, run)
    attach(report, test.notes)
    test.notes = []


def look_through_subtest(state: State, run: Run, report: Any) -> None:
    """Find and redact in what was captured of a sub-test: it is added after its report is made."""
    item = state.item
    if item is None:
        return
    for title, text in report.sections:
        place = f"the section '{title}' of a sub-test"
        channels.look_through(place, text, run.watch, item, state.test)
    _redact(run, item, report, 0)


def settle_collection(run: Run, report: Any) -> None:
    """Fail the report of a collector that swallowed a violation, and redact it."""
    call = vars(report).get("call")
    raised = call.excinfo.value if call and call.excinfo else None
    run.record.take_seen(raised)
    troubles = _swallowed(run)
    if troubles and report.failed:
        add(report, join(troubles))
    elif troubles:
        report.outcome = "failed"
        report.longrepr = representation(troubles)
        report.result = []
    channels.redact_report(report, run.watch.redact)


def first_violation(raised: BaseException | None) -> Violation | None:
    """Return the violation that an exception is, holds or came from."""
    return next((error for error in reach(raised) if isinstance(error, Violation)), None)


def unsettled(run: Run | None) -> list[str]:
    """Return what was violated outside of any report, and take it off the record."""
    return [trouble.text for trouble in _swallowed(run)] if run is not None else []


def _swallowed(run: Run) -> list[Trouble]:
    # A property that is tried a hundred times makes a hundred of one.
    texts = Counter((violation.check, str(violation)) for violation in run.record.settle(None))
    return [swallowed(check, text, count) for (check, text), count in texts.items()]


def _unused_faults(run: Run, item: pytest.Item, report: Any) -> list[Trouble]:
    """Look at the faults that a test has planned, once its own code is done."""
    if report.when == "setup" and report.passed:
        return []
    texts = run.planned.take_unused(lambda plan: plan.owner == item.nodeid)
    # One that is skipped, or fails as expected, may not have come that far.
    if report.when != "call" or report.skipped:
        return []
    return [unused(run.watch.redact(text)) for text in texts]


def _leaks(state: State, item: pytest.Item) -> list[Trouble]:
    """Turn findings into trouble, or into notes, or into nothing, as the level says."""
    found, state.test.findings = state.test.findings, []
    allowed = [one for one in found if exemptions.allows_leak(state.config, item, one)]
    state.test.notes += [
        exemptions.used("allow_leaks", exemptions.secret_of(one)) for one in allowed
    ]
    found = [one for one in found if one not in allowed]
    if not found:
        return []
    level = settings.level("leaks", state.config, item)
    if level == "warn":
        state.test.notes += [Note("warned", f"leaks: {one}", item.nodeid) for one in found]
    return [leaked(_leak_message(found))] if level == "error" else []


def _leak_message(found: list[Finding]) -> str:
    lines = [str(finding) for finding in dict.fromkeys(found)]
    names = ", ".join(dict.fromkeys(f"REDACTED:{finding.name}" for finding in found))
    if any("'julep._base_client'" in line for line in lines):
        lines.append(
            "The SDK logs whole requests at debug level; to have that ignored, add "
            "julep._base_client to the ini option julep_secrets_ignore_loggers."
        )
    return "\n".join([*lines, f"What is shown as {names} must not be printed, logged or raised."])


def _tell(state: State, item: pytest.Item, report: Any, troubles: list[Trouble]) -> None:
    """Put trouble where pytest shows it, once: on the report that fails for it."""
    text = join(troubles)
    if report.when == "setup" and report.passed:
        # The call is what people look at; it fails for it.
        state.test.pending = troubles
    elif report.when == "teardown" and report.passed and state.test.failed:
        # pytest shows sections of this name with the failed call.
        report.sections.append((f"{TITLE}: teardown", text))
    elif report.failed:
        add(report, text)
    else:
        expected = str(report.longrepr) if hasattr(report, "wasxfail") and report.longrepr else ""
        _end_xfail(report)
        report.longrepr = representation(troubles)
        place(report.longrepr, item)
        if expected:
            report.longrepr.addsection("the expected failure", expected)


def _end_xfail(report: Any) -> None:
    report.outcome = "failed"
    # With it, pytest prints a failure and exits with 0.
    vars(report).pop("wasxfail", None)


def _redact(run: Run, item: pytest.Item, report: Any, new_sections: int) -> None:
    redact = partial(run.watch.redact, owners=lambda: channels.owners_of(item))
    channels.redact_report(report, redact, new_sections)


def _note_ignored(state: State, run: Run) -> None:
    state.test.notes += [Note("ignored", name, why) for name, why in run.watch.ignored.items()]
    run.watch.ignored.clear()
