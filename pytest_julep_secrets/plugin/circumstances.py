"""What a run asks pytest at the moment something happens."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Sequence
from typing import TYPE_CHECKING

from pytest_julep_secrets.errors import Violation
from pytest_julep_secrets.guards.levels import Level
from pytest_julep_secrets.plugin import exemptions, settings
from pytest_julep_secrets.plugin.outcomes import JulepSecretsViolation
from pytest_julep_secrets.plugin.state import State
from pytest_julep_secrets.plugin.summary import Note

if TYPE_CHECKING:
    import pytest


class Circumstances:
    """Answers for the test that is running; for a wider fixture without the test's marker.

    A marker must not decide for what others use too: the same tests would fail in one order
    and pass in another.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        # Before pytest is configured, for a real key or a conftest, nobody has checked them.
        with settings.usage_error():
            self.name_patterns: Sequence[re.Pattern[str]] = settings.name_patterns(state.config)

    @property
    def remedy(self) -> str:
        """Return the exemption that would count."""
        if self._marked_item() is None:
            return "add it to the ini option julep_secrets_allow_names"
        return 'allow it with @pytest.mark.julep_secrets(allow_names=["{}"])'

    def way_off(self, check: str) -> str:
        """Return the way that would count."""
        if self._marked_item() is None:
            return f", or add '{check}=off' to the ini option julep_secrets"
        return f", or set {check}='off' in the julep_secrets marker"

    @property
    def where(self) -> str:
        """Return a word or two for the test, or for what is none."""
        return "here" if self._state.item is None else "in this test"

    @property
    def way_out(self) -> str:
        """Return what makes the test live, or what is none."""
        if self._marked_item() is None:
            return "run pytest with --julep-secrets-live"
        return "mark the test with @pytest.mark.julep_live"

    def owner(self) -> Hashable:
        """Return the wider fixture being set up, else the test's id."""
        return self._state.owner()

    def level(self, check: str, default: Level | None = None) -> Level:
        """Return the level for the test, or the wider fixture."""
        home = self._state.owners.home()
        return settings.level(check, self._state.config, self._marked_item(), home, default)

    def may_need(self, names: Collection[str]) -> None:
        """Tell in the summary which exemptions of a fake nothing needed."""
        for note in exemptions.allowed(self._state.config, "allow_names", names):
            self._note(note)

    def allows_name(self, name: str, of_fake: Collection[str]) -> bool:
        """Look the name up in the exemptions, and count the one that is used."""
        item = self._marked_item()
        allowed = exemptions.allows_name(self._state.config, item, name, of_fake)
        if allowed:
            self._note(exemptions.used("allow_names", name))
        return allowed

    def warn(self, check: str, message: str) -> None:
        """Tell it in the summary."""
        self._note(Note("warned", f"{check}: {message}", self._where()))

    def violation(self, check: str, message: str, place: str) -> Violation:
        """Make one that pytest shows without a traceback."""
        return JulepSecretsViolation(check, message, place)

    def _marked_item(self) -> pytest.Item | None:
        return None if self._state.owners.being_set_up() else self._state.item

    def _where(self) -> str:
        return self._state.item.nodeid if self._state.item else ""

    def _note(self, note: Note) -> None:
        state = self._state
        (state.test.notes if state.item else state.notes).append(note)
