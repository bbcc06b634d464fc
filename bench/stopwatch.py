"""A plugin of pytest that times the import of another, right where pytest imports plugins.

It is copied beside an empty test file and imports nothing before it has measured.
"""

from __future__ import annotations

import os
import sys
import time


def pytest_load_initial_conftests() -> None:
    """Measure once all plugins have been marked for assertion rewriting."""
    take()


def take() -> None:
    """Import the module named in the environment; write how long it took and what came along."""
    before = set(sys.modules)
    start = time.perf_counter()
    __import__(os.environ["STOPWATCH_MODULE"])
    took = time.perf_counter() - start
    new = {name.partition(".")[0] for name in set(sys.modules) - before}
    foreign = sorted(new - sys.stdlib_module_names - {"pytest_julep_secrets"})
    with open("stopwatch.txt", "w", encoding="utf-8") as report:  # noqa: PTH123 - no more imports
        print(took, *foreign, file=report)
