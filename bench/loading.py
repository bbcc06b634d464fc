"""The import of the plugin's module alone, and what it brings along."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from bench import processes, stopwatch
from bench.environments import NO_BYTECODE, Environment
from bench.result import Goal, Line
from bench.timing import Effort, Measure, Pairs, compare

_OURS = "pytest_julep_secrets.plugin"
# It comes with httpx, and so with every SDK built on that.
_PEER = "anyio.pytest_plugin"

# Where pytest imports plugins, rewriting their assertions; and where it is merely imported.
_IN_PYTEST = ["-m", "pytest", "-p", "stopwatch", "-p", "no:julep_secrets", "-p", "no:anyio"]
_AFTER_PYTEST = ["-c", "import pytest, stopwatch; stopwatch.take()"]

_MOST = Goal("ours", 5e-3)


def run(effort: Effort, environment: Environment, folder: Path) -> Iterator[Line]:
    """Compare our module with anyio's plugin, in an environment and a folder with a test."""
    shutil.copy(stopwatch.__file__, folder)
    for note, command, settings in (
        ("after pytest", _AFTER_PYTEST, {}),
        ("by pytest", _IN_PYTEST, {}),
        ("by pytest, no bytecode", _IN_PYTEST, NO_BYTECODE),
    ):
        take = _Import(environment, folder, command, settings)
        pairs = compare(take.measure(_OURS), take.measure(_PEER), effort.rounds(15))
        yield Line("start", f"plugin module imported {note}", _PEER, pairs, _MOST)
    counts = Pairs([(take.foreign(_OURS), take.foreign(_PEER))])
    yield Line("start", "packages of others it loads", _PEER, counts, Goal("ours", 0), "packages")


class _Import:
    def __init__(
        self,
        environment: Environment,
        folder: Path,
        command: list[str],
        settings: dict[str, str],
    ) -> None:
        self._environment = environment
        self._folder = folder
        self._command: list[str | Path] = [environment.python, *command]
        self._settings = settings

    def measure(self, module: str) -> Measure:
        return lambda: float(self._take(module)[0])

    def foreign(self, module: str) -> int:
        return len(self._take(module)) - 1

    def _take(self, module: str) -> list[str]:
        if self._settings:
            self._environment.forget_rewritten()
        settings = {**self._settings, "STOPWATCH_MODULE": module}
        processes.run(self._command, self._folder, settings)
        return (self._folder / "stopwatch.txt").read_text(encoding="utf-8").split()
