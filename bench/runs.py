"""Runs of pytest over many generated tests, in this very environment."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import each_test, processes
from bench.timing import Measure

# Only the plugins named, so that no other one's noise is measured.
_ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def seconds_of_tests(text: str, plugins: Sequence[str], left_out: str = "") -> list[float]:
    """Run the tests of a module and return what each took.

    Args:
        text: The module.
        plugins: What to load.
        left_out: One of them, whose hooks are called in every second test only.
    """
    options = [word for plugin in (*plugins, "each_test") for word in ("-p", plugin)]
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(each_test.__file__, folder)
        (folder / "test_it.py").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", *options, "test_it.py"]
        processes.run(command, folder, {**_ALONE, "EACH_TEST_TURNS": left_out})
        report = (folder / "each_test.txt").read_text(encoding="utf-8")
    return [float(line) for line in report.split()]


def whole_run(file: Path, *plugins: str) -> Measure:
    """Make a measure of a run of a file: seconds of the whole process for each test in it."""
    number = file.read_text(encoding="utf-8").count("def test_")
    options = [word for plugin in plugins for word in ("-p", plugin)]
    command = [sys.executable, "-m", "pytest", "-q", *options, file.name]
    return lambda: processes.seconds(command, file.parent, _ALONE) / number
