"""`--julep-secrets-scan`: what the run has left behind, looked through for the run's values."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from pytest_julep_secrets.plugin.state import State
    from pytest_julep_secrets.run import Run

_TITLE: Final = "julep secrets scan"
# So ended, a run has tested nothing; where it was only to tell what it would do, likewise.
_NOTHING_RUN: Final = (pytest.ExitCode.USAGE_ERROR,)
_ONLY_TELLS: Final = ("collectonly", "setupplan", "setuponly")


def scan(state: State, session: pytest.Session) -> None:
    """Scan, tell what was found, and fail the session for it.

    When this is called, pytest's summary is out; the session's status is read afterwards.
    """
    config = state.config
    if hasattr(config, "workerinput") or session.exitstatus in _NOTHING_RUN:
        return
    if any(config.getoption(option, False) for option in _ONLY_TELLS):
        return
    try:
        lines, passed = _scan(state, config.getoption("julep_secrets_scan"))
    except KeyboardInterrupt:
        lines, passed = ["Interrupted: not everything was looked through."], False
    _write(state, lines, passed=passed)
    # Not over what else has ended the run.
    ended_well = session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    if not passed and ended_well:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _scan(state: State, names: Iterable[str]) -> tuple[list[str], bool]:
    """Return what to tell, and whether nothing is wrong."""
    run = state.run
    if run is None or _knows_keys_only(state, run):
        return [
            "Nothing could have been found: no test has stored a secret, so no value is known.",
            "Run tests that use mock_secrets, or leave --julep-secrets-scan out.",
        ], False
    from pytest_julep_secrets.artefacts import scan
    from pytest_julep_secrets.reports import text

    report = scan.scan(list(_paths(state.config, names)), run.watch)
    return list(text.render(report)), not report.status


def _knows_keys_only(state: State, run: Run) -> bool:
    """Tell whether a scan could find nothing but real keys, which are looked for anyway."""
    keys = set(map(os.fsdecode, state.environment.real().values()))
    return all(value in keys for _, value in run.watch.since(0))


def _paths(config: pytest.Config, names: Iterable[str]) -> Iterator[Path]:
    folder = config.invocation_params.dir
    for name in names:
        # As it was given, to be told like that.
        yield Path(name) if Path.cwd() == folder else folder / name


def _write(state: State, lines: Iterable[str], *, passed: bool) -> None:
    reporter = state.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        # -p no:terminal
        state.streams[1].write("".join(f"{line}\n" for line in lines))
        return
    reporter.ensure_newline()
    reporter.section(_TITLE, **({} if passed else {"red": True}))
    for line in lines:
        reporter.write_line(line)
