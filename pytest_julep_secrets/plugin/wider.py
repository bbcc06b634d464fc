"""The own code of fixtures of a wider scope, which goes by no test's marker: set up, and ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

    from pytest_julep_secrets.plugin.state import State


@contextmanager
def set_up(state: State, fixturedef: Any, request: pytest.FixtureRequest) -> Iterator[None]:
    """Know, in a block, that a fixture is being set up, and later, when it is ended."""
    state.owners.begin(fixturedef, request)
    begin = partial(_begin, state, fixturedef, request.node)
    end = partial(_end, state)
    begin()
    # Of finalizers the one that was added last is called first. In between are the fixture's own,
    # and those of fixtures that build on it.
    fixturedef.addfinalizer(end)
    try:
        yield
    finally:
        fixturedef.addfinalizer(begin)
        end()
        state.owners.end(fixturedef, request)


def _begin(state: State, fixturedef: Any, node: Any) -> None:
    state.owners.runs(fixturedef, node)
    if state.documented is not None:
        state.documented.follow()


def _end(state: State) -> None:
    state.owners.has_run()
    if state.documented is not None:
        state.documented.follow()
