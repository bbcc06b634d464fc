"""Real keys in the environment: replaced for the run, given back to tests that mean to use them.

Loaded in every run of pytest; what is needed once there is a key is imported then.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pytest_julep_secrets.plugin.options import LIVE, MARKER

if TYPE_CHECKING:
    from typing import Final

    import pytest

    from pytest_julep_secrets.guards.levels import Level
    from pytest_julep_secrets.plugin.state import State

OPTION: Final = "julep_secrets_replace_env"
# In what the controller of xdist gives a worker to start with.
WORKERINPUT: Final = "julep_secrets_environment"
KEEP: Final = "--julep-secrets environment=off, or --julep-secrets-live"

_ALWAYS: Final = "JULEP_API_KEY"


class Environment:
    """The variables that may hold real keys.

    Args:
        state: Of the run.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._names: list[str] = state.config.getini(OPTION)
        # What variables would hold without us, as far as it is not left to them.
        self._real: dict[str, str] = {}
        # Whether the test that is running has another level than the run.
        self._differs = False

    def guard(self, item: pytest.Item | None = None) -> None:
        """Make the variables what they have to be: for a test that begins, or outside of any.

        Raises:
            pytest.UsageError: If a level or a name is none.
        """
        # All that is asked where no such variable is set.
        if self._names or self._real or _ALWAYS in os.environ:
            self._guard(item)

    def end_test(self) -> None:
        """Undo what the test's own level has changed."""
        if self._differs:
            self.guard()

    def real(self) -> dict[str, bytes]:
        """Return the real values, for a worker: it inherits what stands in their place."""
        return {name: os.fsencode(value) for name, value in self._real.items()}

    def take(self, real: dict[str, bytes]) -> None:
        """Take over what `real` has returned in another process."""
        for name, value in real.items():
            self._remember(name, os.fsdecode(value), watches=True)

    def header(self) -> list[str]:
        """Return the line to show as the run begins, if there is anything to say."""
        if not self._real:
            return []
        from pytest_julep_secrets.plugin import settings

        level = settings.level("environment", self._state.config, None)
        if level == "off":
            return []
        names, one = ", ".join(self._real), len(self._real) == 1
        if level == "warn":
            holds = "holds a real value" if one else "hold real values"
            return [f"{names} {holds} in this run: --julep-secrets environment=error replaces it"]
        replaced = "is replaced by a fake value" if one else "are replaced by fake values"
        return [f"{names} {replaced} for this run; keep {'it' if one else 'them'} with {KEEP}"]

    def _guard(self, item: pytest.Item | None) -> None:
        from pytest_julep_secrets.guards.environment import read_names
        from pytest_julep_secrets.plugin import settings

        config = self._state.config
        with settings.usage_error():
            meant = read_names([_ALWAYS, *self._names], f"The ini option {OPTION}")
            level = of_run = settings.level("environment", config, None)
        if item is not None and any(map(item.get_closest_marker, (MARKER, LIVE))):
            level = settings.level("environment", config, item)
        self._differs = level != of_run
        # By the run, not by a test: what may be shown must not depend on who came first.
        watches = of_run != "off" or settings.is_live(config, None)
        for name in meant(os.environ):
            real = self._real_value(name)
            if real is not None:
                is_new = (watches or level == "error") and self._remember(
                    name, real, watches=watches
                )
                is_moved = self._set(name, real, level)
                self._tell(name, item, level, is_new=is_new, is_moved=is_moved)

    def _real_value(self, name: str) -> str | None:
        """Return what a variable holds, or would hold without us; None if that is not real."""
        from pytest_julep_secrets.guards.environment import fake_value, is_placeholder
        from pytest_julep_secrets.reach.environment import is_set_here

        value = os.environ[name]
        if value == fake_value(name):
            return self._real.get(name)
        harmless = not value.strip() or is_placeholder(value) or is_set_here(value)
        return None if harmless else value

    def _remember(self, name: str, value: str, *, watches: bool) -> bool:
        """Look for a real value on requests, and in every test; tell whether it is a new one."""
        if self._real.get(name) == value:
            return False
        from pytest_julep_secrets.plugin.owners import RUN

        if not self._real:
            self._state.config.add_cleanup(self._restore)
        self._real[name] = value
        run = self._state.get_run()
        run.keep_key_in(name, value)
        if watches:
            run.watch.add(name, value, RUN, counts=False)
        return True

    def _set(self, name: str, real: str, level: Level) -> bool:
        from pytest_julep_secrets.guards.environment import fake_value

        wanted = fake_value(name) if level == "error" else real
        is_moved = os.environ[name] != wanted
        if is_moved:
            os.environ[name] = wanted
        return is_moved

    def _tell(
        self, name: str, item: pytest.Item | None, level: Level, *, is_new: bool, is_moved: bool
    ) -> None:
        """Tell in the summary what the header could not: what has changed since."""
        if item is None:
            return
        from pytest_julep_secrets.plugin.summary import Note

        if level == "warn" and (is_new or is_moved):
            text = f"environment: {name} holds a real value"
            self._state.test.notes.append(Note("warned", text, item.nodeid))
        elif level == "error" and is_moved and not self._differs:
            self._state.test.notes.append(Note("replaced", name))

    def _restore(self) -> None:
        """Leave what would be there without us: not over what the run has changed itself."""
        from pytest_julep_secrets.guards.environment import fake_value

        for name, value in self._real.items():
            if os.environ.get(name) == fake_value(name):
                os.environ[name] = value
