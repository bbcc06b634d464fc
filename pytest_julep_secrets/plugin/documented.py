"""The documented surface of the SDK, for the tests that opt into it; never silently.

Loaded once somebody has. Who uses it is told in the summary, and what opted in for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_julep_secrets.documented import EXCEPTIONS
from pytest_julep_secrets.guards.place import module_being_imported
from pytest_julep_secrets.plugin import exemptions, settings
from pytest_julep_secrets.plugin.summary import Note
from pytest_julep_secrets.reach.documented.surface import Surface

if TYPE_CHECKING:
    import pytest

    from pytest_julep_secrets.plugin.state import State


class Documented:
    """Switches the surface as tests and wider fixtures come and go.

    Args:
        state: Of the run.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._surface = Surface(self._used, self._raised)
        self._told: set[Note] = set()
        # Whether a module has imported the errors: what raises one then depends on that.
        self._errors_are_out = False

    def follow(self) -> None:
        """Let the surface be there or not, as what is running now has it."""
        self._surface.switch(settings.documented_api(self._state.config, self._node()))

    def begin(self) -> None:
        """Likewise for a test or a module, of which each import is told, whoever came before."""
        self.follow()
        self._surface.forget_imports()

    def end(self) -> None:
        """Take everything away."""
        self._surface.switch(False)

    def _node(self) -> pytest.Item | pytest.Collector | None:
        return self._state.owners.node() or self._state.item

    def _used(self, what: str) -> None:
        module = module_being_imported()
        self._errors_are_out |= bool(module) and what == EXCEPTIONS
        self._tell(Note("opened", exemptions.opt_in(self._node())))
        for where in self._places(module):
            self._tell(Note("documented", what, where))

    def _raised(self) -> None:
        if self._errors_are_out:
            self._used(EXCEPTIONS)

    def _places(self, module: str) -> Iterator[str]:
        """Give who depends on it: a module that is being imported, a wider fixture, a test."""
        if module:
            yield module
        fixture = self._state.owners.fixture()
        if fixture:
            yield fixture
        elif self._state.item is not None:
            yield self._state.item.nodeid
        elif not module:
            yield "code outside of tests"

    def _tell(self, note: Note) -> None:
        if note not in self._told:
            self._told.add(note)
            # So that somebody carries it to the summary.
            self._state.get_run()
            (self._state.test.notes if self._state.item else self._state.notes).append(note)
