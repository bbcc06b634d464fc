"""What guarding the hosts adds to runs that reach none of them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import processes, unguarded
from bench.result import Goal, Line
from bench.timing import Effort, Measure, compare

# Only the plugins named, so that no other one's noise is measured.
_ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}

# Windows opened, poems printed, consoles taken over.
_NOT_IMPORTED = {
    "__hello__",
    "__phello__",
    "antigravity",
    "this",
    "idlelib",
    "turtledemo",
    "tkinter",
    "turtle",
    "curses",
}


def run(effort: Effort) -> Iterator[Line]:
    """Compare empty runs, then runs that import much."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(unguarded.__file__, folder)
        (folder / "test_empty.py").touch()
        (folder / "test_imports.py").write_text(_imports(effort), encoding="utf-8")
        for what, file, goal, rounds in (
            ("empty run", "test_empty.py", None, 25),
            ("run that imports much", "test_imports.py", Goal("ratio", 1.02), 11),
        ):
            without = _run(folder, file, "-p", "unguarded")
            guarded = _run(folder, file)
            strict = _run(folder, file, "-o", "julep_secrets_allow_hosts=example.com")
            times = effort.rounds(rounds)
            yield Line("hosts", what, "unguarded", compare(guarded, without, times), goal)
            yield Line("hosts", f"{what}, allow list", "unguarded", compare(strict, without, times))


def _imports(effort: Effort) -> str:
    """Write a module that imports all there is: each import passes our finder."""
    library = sorted(sys.stdlib_module_names - _NOT_IMPORTED)
    names = ["httpx", "julep", *library[: effort.number(len(library))]]
    head = "import contextlib, importlib, warnings"
    each = """
with contextlib.suppress(ImportError), warnings.catch_warnings(action="ignore"):
    importlib.import_module({!r})
"""
    return head + "".join(map(each.format, names))


def _run(folder: Path, file: str, *options: str) -> Measure:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "julep_secrets", *options, file]
    return lambda: processes.seconds(command, folder, _ALONE)
