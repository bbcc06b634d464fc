"""What a test's captures could not have seen, as its code logs and prints; and what it has read.

Begins with the first fake or leak check of a run.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pytest_julep_secrets.guards.place import is_foreign
from pytest_julep_secrets.leaks import attempts, blinding, canary, streams
from pytest_julep_secrets.leaks.blinding import Blinding
from pytest_julep_secrets.plugin import channels, settings
from pytest_julep_secrets.plugin.outcomes import Trouble, blinded
from pytest_julep_secrets.plugin.summary import Note
from pytest_julep_secrets.reach import loguru, structlog

if TYPE_CHECKING:
    import pytest

    from pytest_julep_secrets.plugin.state import State
    from pytest_julep_secrets.run import Run

_LIBRARIES: Final = {"structlog": structlog.install, "loguru": loguru.install}


class Reading(NamedTuple):
    """A result of `readouterr`, and the capture fixture that gave it."""

    result: Any
    capture: object


class Sight:
    """What is known of the captures in one test. Its code may log in threads.

    Attributes:
        used: Loggers, with the levels, that made a record in this phase.
        refused: Those that made none, at least once, with the first reason.
        unseen: Why `caplog` did not get a record that was made in this phase.
        missed: What the sections of the report will not show; until it is told.
        wrote: Libraries that wrote to streams in this phase, with those.
        logged_in_call: Whether something was logged in the call, and that is over.
        readings: What the test has read.
        leaking: Which of those had values in them; told once.
        searched: How many of those were looked into, and how many values were looked for then.
    """

    def __init__(self) -> None:
        self.used: dict[tuple[logging.Logger, int], None] = {}
        self.refused: dict[tuple[logging.Logger, int], Blinding] = {}
        self.unseen: dict[Blinding, None] = {}
        self.missed: dict[Blinding, None] = {}
        self.wrote: list[tuple[str, object]] = []
        self.logged_in_call: bool = False
        self.readings: list[Reading] = []
        self.leaking: set[int] = set()
        self.searched: tuple[int, int] = (0, 0)

    def end_phase(self, when: str) -> None:
        """Forget what `caplog` does not hold any more."""
        if when == "call":
            self.logged_in_call = bool(self.used or self.refused)
        for known in (self.used, self.refused, self.unseen, self.wrote):
            known.clear()


class Eyes:
    """Watches how code of the run's tests logs and prints.

    Args:
        state: Of the run.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._logging: Any = state.config.pluginmanager.get_plugin("logging-plugin")
        self._undo: dict[str, Callable[[], None]] = {"logging": attempts.install(self._logs)}
        self.look_for_libraries()
        manager: Any = state.config.pluginmanager.get_plugin("capturemanager")
        # Private to pytest: a capture that the test began before there was a run.
        capture = getattr(manager, "_capture_fixture", None)
        if capture is not None:
            listen(state, capture)

    def look_for_libraries(self) -> None:
        """Watch libraries too that somebody has imported by now."""
        for name, install in _LIBRARIES.items():
            if name in sys.modules and name not in self._undo:
                undo = install(self._wrote)
                if undo is not None:
                    self._undo[name] = undo

    def close(self) -> None:
        """Put everything back."""
        for undo in reversed(self._undo.values()):
            undo()

    def _logs(self, logger: logging.Logger, level: int, *, enabled: bool) -> None:
        sight = self._state.test.sight
        if sight is not None and not enabled and (logger, level) in sight.refused:
            # In a loop that logs nothing, this is all there is time for.
            return
        if self._state.item is None or is_foreign(attempts.caller()):
            # What libraries log, and mostly do not, is for them to decide.
            return
        sight = sight_of(self._state)
        if self._logging is None:
            sight.missed[blinding.NO_LOGGING] = None
        elif enabled:
            sight.used[logger, level] = None
            self._made(sight, partial(canary.why_lost, logger, level))
        else:
            reason = canary.why_refused(logger, level)
            sight.refused[logger, level] = reason
            sight.missed[reason] = None

    def _made(self, sight: Sight, why: Callable[[logging.Handler], Blinding | None]) -> None:
        unseen = why(self._logging.caplog_handler)
        if unseen is not None:
            sight.unseen[unseen] = None
        missed = why(self._logging.report_handler)
        if missed is not None:
            sight.missed[missed] = None

    def _wrote(self, library: str, stream: object) -> None:
        if self._state.item is not None:
            sight = sight_of(self._state)
            if not any(known is stream for _, known in sight.wrote):
                sight.wrote.append((library, stream))
            if not _is_of_pytest(stream) and streams.leads_away(stream):
                sight.missed[blinding.around(library)] = None


def begin(state: State) -> Eyes:
    """Watch from now on, to the end of the run."""
    eyes = Eyes(state)
    state.config.add_cleanup(eyes.close)
    return eyes


def sight_of(state: State) -> Sight:
    """Return what is known of the captures in the test that is running."""
    if state.test.sight is None:
        state.test.sight = Sight()
    return state.test.sight


def listen(state: State, capture: Any) -> None:
    """Keep what a test reads from a capture fixture: no section will hold it."""
    original = capture.readouterr

    def readouterr() -> Any:
        result = original()
        sight_of(state).readings.append(Reading(result, capture))
        return result

    capture.readouterr = readouterr


def look_through_readings(state: State, run: Run, item: pytest.Item) -> None:
    """Find values in what the test has read itself."""
    sight = state.test.sight
    if sight is None or not sight.readings:
        return
    count, known = sight.searched
    start = count if known == len(run.watch) else 0
    sight.searched = (len(sight.readings), len(run.watch))
    for number in set(range(start, len(sight.readings))) - sight.leaking:
        for name, text in zip(("stdout", "stderr"), sight.readings[number].result, strict=True):
            place = f"the {name} that the test has read"
            if channels.look_through(place, _decoded(text), run.watch, item, state.test):
                sight.leaking.add(number)


def look_again(state: State, before: tuple[object, object]) -> None:
    """Note what the end of the call shows: another stdout or stderr, loggers that lead nowhere.

    Args:
        state: Of the run.
        before: What stdout and stderr were when the call began.
    """
    sight, plugin = state.test.sight, state.config.pluginmanager.get_plugin("logging-plugin")
    if sight is not None and plugin is not None:
        tried = [canary.try_out(*pair, plugin.report_handler) for pair in list(sight.used)]
        sight.missed |= dict.fromkeys(lost for lost in tried if lost is not None)
    for name, old in zip(("stdout", "stderr"), before, strict=True):
        new = getattr(sys, name)
        if new is not old and not _is_of_pytest(new) and streams.leads_away(new):
            sight_of(state).missed[blinding.replaced(name)] = None


def troubles(state: State, run: Run, item: pytest.Item, when: str) -> list[Trouble]:
    """Turn what the end of a phase could not see into trouble, notes or nothing."""
    sight = state.test.sight
    if sight is not None:
        sight.end_phase(when)
    missed = dict(sight.missed) if sight is not None else {}
    if when == "call" and state.config.getoption("capture", "fd") == "no":
        missed[blinding.NO_CAPTURE] = None
    if not missed or not run.watch.has(channels.owners_of(item)):
        # Nothing to see so far.
        return []
    if sight is not None:
        sight.missed = {}
    level = settings.set_level("blind", state.config, item) or "warn"
    texts = [run.watch.redact(f"{one.what}. {one.remedy}") for one in missed]
    if level == "warn":
        state.test.notes += [Note("blind", text, item.nodeid) for text in texts]
    return [blinded(texts)] if level == "error" else []


def _decoded(text: str | bytes) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text


def _is_of_pytest(stream: object) -> bool:
    return type(stream).__module__.startswith("_pytest.")
