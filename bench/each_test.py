"""A plugin of pytest that times every test, and leaves out another plugin in every second one.

One run and not two: between two runs a machine's speed changes by far more than an idle
plugin costs. It is copied beside the tests.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from itertools import cycle
from pathlib import Path
from time import perf_counter

import pytest

# What pytest calls for each test.
_HOOKS = ("pytest_runtest_", "pytest_fixture_")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start timing."""
    session.config.pluginmanager.register(_Stopwatch(session.config))


class _Stopwatch:
    def __init__(self, config: pytest.Config) -> None:
        self._times: list[float] = []
        self._relay = config.hook
        self._turns = cycle(_turns(config, os.environ.get("EACH_TEST_TURNS", "")))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        """Time setup, call, teardown, and what is reported of them."""
        for name, hook in next(self._turns).items():
            setattr(self._relay, name, hook)
        start = perf_counter()
        result = yield
        self._times.append(perf_counter() - start)
        return result

    def pytest_sessionfinish(self) -> None:
        """Write the times, in the order of the tests."""
        text = "\n".join(map(str, self._times))
        Path("each_test.txt").write_text(text, encoding="utf-8")


def _turns(config: pytest.Config, name: str) -> list[dict[str, object]]:
    """Return the hooks to call when it is a plugin's turn, and when it is left out."""
    manager = config.pluginmanager
    plugin = manager.get_plugin(name)
    if plugin is None:
        return [{}]
    callers = manager.get_hookcallers(plugin) or []
    hooks = [caller.name for caller in callers if caller.name.startswith(_HOOKS)]
    # Calling some of a hook's plugins costs more than calling all of them. So it is some in
    # both turns: this one is always left out.
    nobody = type("Nobody", (), {hook: staticmethod(lambda: None) for hook in hooks})()
    manager.register(nobody)
    return [
        {hook: manager.subset_hook_caller(hook, left_out) for hook in hooks}
        for left_out in ([nobody], [nobody, plugin])
    ]
