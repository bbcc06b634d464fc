"""Runs of pytest over many generated tests, in this very environment."""

from __future__ import annotations

import sys
from pathlib import Path

from bench import processes
from bench.timing import Measure

# Only the plugins named, so that no other one's noise is measured.
_ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def write_tests(file: Path, test: str, number: int, head: str = "") -> None:
    """Write so many tests; "{}" in the text of one stands for its number."""
    file.write_text(head + "".join(test.format(place) for place in range(number)))


def per_test(file: Path, number: int, *plugins: str) -> Measure:
    """Make a measure of a run of that many tests: seconds of the whole process for each test."""
    options = [word for plugin in plugins for word in ("-p", plugin)]
    command = [sys.executable, "-m", "pytest", "-q", *options, file.name]
    return lambda: processes.seconds(command, file.parent, _ALONE) / number
