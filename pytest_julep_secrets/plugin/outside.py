"""Violations where there is no report to fail: one clear sentence, and a status that is not 0."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_julep_secrets.guards.verdict import reach
from pytest_julep_secrets.plugin import summary
from pytest_julep_secrets.plugin.plain import redacted_copy
from pytest_julep_secrets.plugin.state import State
from pytest_julep_secrets.plugin.verdict import first_violation, unsettled


def refuse(raised: BaseException) -> None:
    """Turn a violation into an error of usage, which pytest shows as it is.

    Raises:
        pytest.UsageError: If it is one.
    """
    violation = first_violation(raised)
    if violation is not None:
        raise pytest.UsageError(str(violation)) from None


def redact_raised(raised: BaseException, redact: Callable[[str], str]) -> None:
    """Redact what an exception says that pytest is going to print line by line."""
    for error in reach(raised):
        error.args = redacted_copy(error.args, redact)


def refuse_swallowed(state: State) -> None:
    """Refuse to go on if a violation was swallowed so far.

    Raises:
        pytest.UsageError: If one was.
    """
    messages = unsettled(state.run)
    if messages:
        raise pytest.UsageError("\n\n".join(messages))


def explain_internal_error(raised: BaseException) -> None:
    """End pytest with the sentence of a violation; any other error is left to pytest.

    Raises:
        pytest.exit.Exception: For a violation; pytest prints it instead of a traceback.
    """
    violation = first_violation(raised)
    if violation is not None:
        raise pytest.exit.Exception(str(violation), returncode=pytest.ExitCode.USAGE_ERROR)


def keep_violation(state: State, raised: BaseException) -> None:
    """Keep a violation that ended `pytest_sessionfinish` for the summary."""
    violation = first_violation(raised)
    if violation is None:
        state.ends_badly = True
        raise raised
    state.get_run().record.take_seen(raised)
    state.notes.append(summary.Note("violation", str(violation)))


def finish(state: State, session: pytest.Session) -> None:
    """Fail the session for what no report has told; a worker sends it to its controller."""
    state.notes += [summary.Note("violation", text) for text in unsettled(state.run)]
    state.ends_badly |= session.exitstatus == pytest.ExitCode.USAGE_ERROR
    # Not over what else has ended it.
    passed = session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    if passed and any(note.kind == "violation" for note in state.notes):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None and state.notes:
        output[summary.ATTRIBUTE] = [list(note) for note in state.notes]
