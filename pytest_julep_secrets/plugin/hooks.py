"""The hooks around tests and reports: a few lines each, and nothing while no fake was made.

An object, registered when pytest is configured: then its `tryfirst` wrappers are the outermost.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import pytest

from pytest_julep_secrets.plugin import wider
from pytest_julep_secrets.plugin.environment import WORKERINPUT
from pytest_julep_secrets.plugin.options import EXEMPTIONS, MARKER
from pytest_julep_secrets.plugin.state import State, TestState

if TYPE_CHECKING:
    from warnings import WarningMessage

    from pytest_julep_secrets.plugin.summary import Note
    from pytest_julep_secrets.plugin.workers import Sent

Wrapper = Generator[None, Any, Any]


class Hooks:
    """What the plugin does around tests and reports.

    Args:
        state: Of the run.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._is_worker = hasattr(state.config, "workerinput")
        state.environment.take(getattr(state.config, "workerinput", {}).get(WORKERINPUT, {}))
        # Under --setup-plan fixtures have no values.
        self._only_plans: bool = state.config.getoption("setupplan", False)
        self._told: list[Note] = []
        # How much a worker has handed over, once it has anything.
        self._sent: Sent | None = None

    # --- tests

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Begin a test; fail it if its marker cannot be used."""
        self._state.item = item
        self._state.owners.begin_test()
        if self._state.run is not None:
            self._state.test = TestState()
        self._listen()
        if self._state.eyes is not None:
            self._state.eyes.look_for_libraries()
        self._state.environment.guard(item)
        if item.get_closest_marker(MARKER) is not None:
            from pytest_julep_secrets.plugin import exemptions

            exemptions.begin(self._state, item)
        if self._state.documented is not None:
            self._state.documented.begin()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
    ) -> Wrapper:
        """Remember which wider fixture is set up; tell of a `mock_secrets` that is not ours."""
        if fixturedef.scope == "function":
            value = yield
        else:
            with wider.set_up(self._state, fixturedef, request):
                value = yield
        if self._state.run is not None and type(value).__name__ == "CaptureFixture":
            from pytest_julep_secrets.plugin import blind

            blind.listen(self._state, value)
        if fixturedef.argname == "mock_secrets" and not self._only_plans:
            from pytest_julep_secrets.plugin.overriding import tell_of_foreign_fixture

            tell_of_foreign_fixture(fixturedef, value)
        return value

    def pytest_fixture_post_finalizer(self, fixturedef: pytest.FixtureDef[object]) -> None:
        """Remember which wider fixture has ended in this test."""
        if fixturedef.scope != "function":
            self._state.owners.finalized(fixturedef)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_call(self) -> Wrapper:
        """Remember that the test's own code runs, and which streams it had."""
        # Inside of pytest's own wrappers, which put its captures in place and away.
        test, streams = self._state.test, (sys.stdout, sys.stderr)
        test.in_call = True
        self._listen()
        try:
            return (yield)
        finally:
            test.in_call = False
            if self._state.run is not None:
                from pytest_julep_secrets.plugin import blind

                blind.look_again(self._state, streams)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self) -> None:
        """Hear of uncaught exceptions."""
        self._listen()

    def _listen(self) -> None:
        # Inside of pytest's own wrappers, which may have set other hooks.
        if self._state.run is not None:
            from pytest_julep_secrets.plugin import uncaught

            uncaught.listen(self._state)

    @pytest.hookimpl(tryfirst=True)
    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Rename a test whose id holds a value; whoever looks it up later sees the new id."""
        if self._state.run is not None:
            from pytest_julep_secrets.plugin.channels import rename

            rename(item, self._state.run.watch.redact)

    # --- reports

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Wrapper:
        """Fail and redact the report of a phase."""
        state, run = self._state, self._state.run
        if run is None:
            report = yield
        else:
            from pytest_julep_secrets.plugin import verdict

            verdict.before_report(state, run, item, call.when)
            report = yield
            verdict.after_report(state, run, item, call, report)
        self._hint(report, call, item)
        if call.when == "teardown":
            state.item = None
            state.environment.end_test()
            if state.documented is not None:
                state.documented.follow()
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Look through a sub-test, and keep what a report has to tell in the summary."""
        state = self._state
        if state.test.in_call and state.run is not None:
            from pytest_julep_secrets.plugin import verdict

            verdict.look_through_subtest(state, state.run, report)
        self._keep(report)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_make_collect_report(self) -> Wrapper:
        """Fail and redact the report of a collector."""
        if self._state.documented is not None:
            self._state.documented.begin()
        report = yield
        if self._state.run is not None:
            from pytest_julep_secrets.plugin import verdict

            verdict.settle_collection(self._state.run, report)
        self._hint(report, vars(report).get("call"), None)
        return report

    def _hint(self, report: Any, call: Any, item: pytest.Item | None) -> None:
        """Say what works instead, where code has called what only the documentation has."""
        if report.failed and "julep" in sys.modules and call and call.excinfo:
            from pytest_julep_secrets.plugin import hints

            hints.add_to(report, call.excinfo.value, self._state.config, item)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what a report has to tell in the summary."""
        self._keep(report)

    @pytest.hookimpl(tryfirst=True)
    def pytest_warning_recorded(self, warning_message: WarningMessage) -> None:
        """Redact a warning, for all who show it."""
        if self._state.run is not None:
            from pytest_julep_secrets.plugin.channels import redact_warning

            redact_warning(warning_message, self._state.run.watch.redact)

    @pytest.hookimpl(tryfirst=True)
    def pytest_assertrepr_compare(
        self, config: pytest.Config, op: str, left: object, right: object
    ) -> list[str] | None:
        """Explain a comparison by redacted copies, before pytest shortens the two sides."""
        if self._state.run is None:
            return None
        from pytest_julep_secrets.plugin.channels import explain_redacted, redactor

        redact = redactor(self._state.run.watch, self._state.item)
        return explain_redacted(config, op, (left, right), redact)

    @pytest.hookimpl(wrapper=True)
    def pytest_report_to_serializable(self) -> Wrapper:
        """Let a worker of xdist hand its values to the controller, which prints and writes."""
        data = yield
        if data is not None:
            self._hand_values(data)
        return data

    @pytest.hookimpl(wrapper=True)
    def pytest_report_from_serializable(self, data: dict[str, Any]) -> Wrapper:
        """Take over a worker's values before anybody sees the report."""
        self._take_values(data)
        return (yield)

    def _hand_values(self, data: dict[str, Any]) -> None:
        if self._is_worker and self._state.run is not None:
            from pytest_julep_secrets.plugin import workers

            sent = self._sent or workers.Sent()
            self._sent = workers.add_values(data, self._state.run.watch, sent)

    def _take_values(self, data: dict[str, Any]) -> None:
        if "_julep_secrets_values" in data:
            from pytest_julep_secrets.plugin import workers

            workers.take_values(data, self._state.get_run().watch)

    def _keep(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        # A worker's reports go to the controller as they are.
        if not self._is_worker and "_julep_secrets" in vars(report):
            from pytest_julep_secrets.plugin import summary

            self._told += summary.read(vars(report))

    # --- outside of tests

    def pytest_report_header(self) -> list[str]:
        """Say what was replaced in the environment."""
        return self._state.environment.header()

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Hand real keys to a worker of xdist, which inherits what replaces them."""
        node.workerinput[WORKERINPUT] = self._state.environment.real()

    @pytest.hookimpl(tryfirst=True)
    def pytest_internalerror(self, excrepr: object) -> None:
        """Redact why pytest has broken, before it is printed line by line."""
        if self._state.run is not None:
            from pytest_julep_secrets.plugin.channels import redact_parts

            redact_parts(excrepr, self._state.run.watch.redact)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Refuse to begin if something was violated before, or the target is not there."""
        if self._state.run is not None:
            from pytest_julep_secrets.plugin import outside

            outside.refuse_swallowed(self._state)
        if self._state.config.getoption("julep_secrets_target") is not None:
            from pytest_julep_secrets.plugin import target

            target.check(self._state)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Wrapper:
        """Tell of what was violated at the end, and fail the session for it."""
        # Inside of pytest's own wrapper, which then prints the summary.
        try:
            return (yield)
        except BaseException as error:  # noqa: BLE001 - a violation is none of Exception
            from pytest_julep_secrets.plugin import outside

            outside.keep_violation(self._state, error)
            return None
        finally:
            if self._state.run is not None:
                from pytest_julep_secrets.plugin import outside

                outside.finish(self._state, session)
            if self._state.manifest is not None:
                self._state.manifest.finish(session)
            # What nobody has reported: the end of a wider fixture, a worker without a test.
            self._hand_values(getattr(session.config, "workeroutput", {}))
            self._state.session = session

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker of xdist has to tell."""
        from pytest_julep_secrets.plugin import summary

        # There is none if it has crashed.
        output = getattr(node, "workeroutput", {})
        self._told += summary.read(output)
        self._take_values(output)

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, exitstatus: int
    ) -> None:
        """Write what there is to tell."""
        notes = [*self._told, *self._state.notes]
        if notes or any(map(self._state.config.getini, EXEMPTIONS)):
            from pytest_julep_secrets.plugin import exemptions, summary

            notes += exemptions.allowed_everywhere(terminalreporter, exitstatus)
            summary.write(terminalreporter, notes)
