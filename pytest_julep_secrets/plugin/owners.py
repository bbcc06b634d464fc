"""Who answers for a value: a test, a wider fixture that it uses, the run.

Kept as fixtures are set up and finalized, so that it is the same in any order of tests.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pytest

# Answers for values that must not show in any test.
RUN: Final = "the run"


class Owners:
    """The wider fixtures of a run, and what they use."""

    def __init__(self) -> None:
        # Those being set up, the innermost last: with where each belongs, and what their test
        # had asked for before.
        self._open: list[tuple[Hashable, Any, set[Any]]] = []
        # What a fixture asked for by name at run time.
        self._asked: dict[Any, set[Any]] = {}
        # With which parameter each stands now.
        self._standing: dict[Any, Hashable] = {}
        self._ended: set[Hashable] = set()
        # Those whose own code runs, to set them up or to end them, the innermost last.
        self._running: list[tuple[Any, Any]] = []

    def begin_test(self) -> None:
        """Forget what ended in the test before."""
        self._ended = set()

    def begin(self, fixturedef: Any, request: Any) -> None:
        """Begin to set a wider fixture up."""
        key = (fixturedef, getattr(request, "param_index", 0))
        self._standing[fixturedef] = key
        self._open.append((key, request.node, set(_asked_for(request))))

    def end(self, fixturedef: Any, request: Any) -> None:
        """End that; whether it worked does not matter."""
        *_, before = self._open.pop()
        self._asked.setdefault(fixturedef, set()).update(set(_asked_for(request)) - before)

    def finalized(self, fixturedef: Any) -> None:
        """Remember that a wider fixture ended: the text of the test's teardown may be its own."""
        key = self._standing.pop(fixturedef, None)
        if key is not None:
            self._ended.add(key)

    def runs(self, fixturedef: Any, node: Any) -> None:
        """Begin to run a wider fixture's own code."""
        self._running.append((fixturedef, node))

    def has_run(self) -> None:
        """End that."""
        if self._running:
            self._running.pop()

    def fixture(self) -> str:
        """Describe the wider fixture whose code runs; "" for none."""
        if not self._running:
            return ""
        fixturedef, node = self._running[-1]
        # What pytest makes of setup_module, setUpClass and the like has no name of the user's.
        if fixturedef.argname.startswith(("_xunit_", "_unittest_")):
            return f"what sets {node.nodeid} up"
        return f"the fixture '{fixturedef.argname}'"

    def node(self) -> pytest.Item | pytest.Collector | None:
        """Return where that belongs: a class, a module."""
        return self._running[-1][1] if self._running else None

    def being_set_up(self) -> Hashable:
        """Return the wider fixture being set up, or None."""
        return self._open[-1][0] if self._open else None

    def home(self) -> pytest.Item | pytest.Collector | None:
        """Return where the wider fixture being set up belongs: a class, a module."""
        return self._open[-1][1] if self._open else None

    def of(self, item: pytest.Item) -> set[Hashable]:
        """Return who answers in a test: itself, the fixtures it uses, the run."""
        # Private to pytest, and nothing else knows fixtures asked for by name at run time.
        waiting = list(_asked_for(getattr(item, "_request", None)))
        by_name = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
        used: set[Any] = set()
        while waiting:
            fixturedef = waiting.pop()
            if fixturedef not in used:
                used.add(fixturedef)
                waiting += [*self._asked.get(fixturedef, ()), *_overridden(fixturedef, by_name)]
        keys = {self._standing.get(one, (one, 0)) for one in used}
        return {RUN, item.nodeid, *keys, *self._ended}


def _asked_for(request: Any) -> Iterator[Any]:
    yield from getattr(request, "_fixture_defs", {}).values()


def _overridden(fixturedef: Any, by_name: Any) -> Iterator[Any]:
    """Give the fixtures of the same name that one builds on."""
    name = getattr(fixturedef, "argname", None)
    if name in getattr(fixturedef, "argnames", ()):
        yield from by_name.get(name, ())
