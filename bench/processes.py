"""Whole processes, as a user waits for them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

# Also what pytest returns for an empty test file.
_WELL = (0, 5)


def run(
    command: Sequence[str | Path],
    folder: Path,
    environment: dict[str, str] | None = None,
    well: Sequence[int] = _WELL,
) -> str:
    """Run a command in a folder and return what it printed; it has to end with one of some."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=_clean_environment() | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in well:
        message = f"{command}\n{done.stdout}{done.stderr}"
        raise RuntimeError(message)
    return done.stdout


def seconds(
    command: Sequence[str | Path],
    folder: Path,
    environment: dict[str, str] | None = None,
    well: Sequence[int] = _WELL,
) -> float:
    """Run a command as above and return how long it took."""
    start = perf_counter()
    run(command, folder, environment, well)
    return perf_counter() - start


def _clean_environment() -> dict[str, str]:
    # What would change the runs: pytest's and Python's own settings, a coverage measurement.
    foreign = ("PYTEST_", "PYTHON", "COVERAGE_")
    return {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
