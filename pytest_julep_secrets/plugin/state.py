"""The plugin's state, one object a run of pytest."""

from __future__ import annotations

import sys
from threading import RLock
from typing import TYPE_CHECKING, TextIO

import pytest

from pytest_julep_secrets import current
from pytest_julep_secrets.plugin.environment import Environment
from pytest_julep_secrets.plugin.owners import Owners

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from pytest_julep_secrets.leaks.finding import Finding
    from pytest_julep_secrets.plugin.blind import Eyes, Sight
    from pytest_julep_secrets.plugin.documented import Documented
    from pytest_julep_secrets.plugin.manifest import Manifest
    from pytest_julep_secrets.plugin.outcomes import Trouble
    from pytest_julep_secrets.plugin.summary import Note
    from pytest_julep_secrets.run import Run


class State:
    """What the hooks of one run of pytest share.

    Args:
        config: Of the run.

    Attributes:
        config: As above.
        streams: Standard output and error as they were when the run began.
        run: What was seen; None until a fake or a leak check is made, and hooks then do nothing.
        item: The test that is running.
        owners: Who answers for values.
        environment: The variables that may hold real keys.
        test: What is known of the test that is running.
        eyes: Watch how code logs and prints; None as long as `run` is.
        notes: What to tell in the summary that no report has carried there.
        documented: Switches the documented surface; None until somebody opts into that.
        manifest: What is told to a later scan; None unless it is asked for.
        session: Of pytest, once it has finished; None before.
        undo: What takes back the redaction of streams and writers.
        is_configured: Whether pytest is configured.
        ends_badly: Whether something is yet to be printed when the run is over: why a conftest
            could not be loaded, what was raised at its end, an error of usage.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        # Before pytest captures: what it then writes to, and what live output goes to.
        self.streams: tuple[TextIO, ...] = (sys.stdout, sys.stderr)
        self.run: Run | None = None
        self.item: pytest.Item | None = None
        self.owners: Owners = Owners()
        self.environment: Environment = Environment(self)
        self.test: TestState = TestState()
        self.eyes: Eyes | None = None
        self.notes: list[Note] = []
        self.documented: Documented | None = None
        self.manifest: Manifest | None = None
        self.session: pytest.Session | None = None
        self.undo: list[Callable[[], None]] = []
        self.is_configured = False
        self.ends_badly = False
        self._lock = RLock()

    def get_run(self) -> Run:
        """Return what was seen, from now on if nothing has been so far."""
        # Threads may violate something at the same moment.
        with self._lock:
            return self.run or self._begin_run()

    def _begin_run(self) -> Run:
        from pytest_julep_secrets.plugin import nets, uncaught
        from pytest_julep_secrets.plugin.blind import begin
        from pytest_julep_secrets.plugin.circumstances import Circumstances
        from pytest_julep_secrets.run import Run

        self.run = Run(Circumstances(self))
        self.undo = nets.redact_streams(self.streams, self.run.watch.redact)
        if self.is_configured:
            self.begin_writers()
        self.eyes = begin(self)
        uncaught.listen(self)
        return self.run

    def get_documented(self) -> Documented:
        """Return what switches the documented surface, from now on if it is needed first."""
        if self.documented is None:
            from pytest_julep_secrets.plugin.documented import Documented

            self.documented = Documented(self)
        return self.documented

    def begin_writers(self) -> None:
        """Redact what pytest itself writes; what does is there once pytest is configured."""
        from pytest_julep_secrets.plugin import nets

        if self.run is not None:
            self.undo += nets.redact_writers(self.config, self.run.watch.redact)

    def end(self) -> None:
        """Take everything back, but for the streams if there is more to be printed."""
        current.end(self.get_run)
        if self.documented is not None:
            self.documented.end()
        if self.run is not None:
            from pytest_julep_secrets.plugin import files, uncaught

            uncaught.stop(self)
            files.redact_files(self.config, self.run.watch.redact)
        if self.session is not None and self.config.getoption("julep_secrets_scan"):
            from pytest_julep_secrets.plugin import scan

            # Now, and not when the session finishes: what others write when pytest is
            # unconfigured is there, and what was redacted just now is no leak.
            scan.scan(self, self.session)
        # Why pytest could not be configured is printed when all is over.
        while self.undo and self.is_configured and not self.ends_badly:
            self.undo.pop()()

    def owner(self) -> Hashable:
        """Return who answers for what arrives now: a wider fixture, a test, or nobody."""
        return self.owners.being_set_up() or (self.item.nodeid if self.item else None)


class TestState:
    """What is known of a test while it runs.

    Attributes:
        in_call: Whether its own code runs: a report made now is a sub-test's.
        failed: Whether a report of it has failed.
        tainted: Whether a violation has come out of it.
        findings: What it leaked, as far as no report has told.
        unowned: Values in its text that others have put in: which, and where.
        uncaught: What exceptions said that nobody caught, each with its place in a finding.
        scanned: How many of its captured sections were looked into, and how many values were
            looked for then.
        sight: What is known of its captures; None while there is nothing.
        pending: What a phase has found that a later report will tell.
        notes: What its next report carries to the summary.
    """

    __test__ = False

    def __init__(self) -> None:
        self.in_call = False
        self.failed = False
        self.tainted = False
        self.findings: list[Finding] = []
        self.unowned: list[tuple[int, str]] = []
        self.uncaught: list[tuple[str, str]] = []
        self.scanned: tuple[int, int] = (0, 0)
        self.sight: Sight | None = None
        self.pending: list[Trouble] = []
        self.notes: list[Note] = []


_key = pytest.StashKey[State]()


def state_of(config: pytest.Config) -> State:
    """Return the state of a run; it begins when first asked for and ends with the run."""
    state = config.stash.get(_key, None)
    if state is None:
        state = config.stash[_key] = State(config)
        current.begin(state.get_run)
        config.add_cleanup(state.end)
    return state
