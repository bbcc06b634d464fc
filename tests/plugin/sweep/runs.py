"""One run of pytest in which everything is leaked, and all that it left."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from plugin.sweep.cases import Plan

TESTS: Final = Path(__file__).parents[2]
# By the names of their entry points. To load all that is installed would take most of the time.
PLUGINS: Final = (
    "xdist", "html", "html_fixtures", "metadata", "pytest_jsonreport", "pytest_reportlog",
)  # fmt: skip

SHOWING: Final = ("-rA", "-l", "-vv", "--basetemp=base", "--continue-on-collection-errors")
WRITING: Final = (
    "--junitxml=junit.xml", "-o", "junit_logging=all", "-o", "junit_family=xunit1",
    "--report-log=report.log", "--html=report.html", "--self-contained-html", "--json-report",
    "--json-report-file=report.json", "--log-file=run.log", "--log-file-level=DEBUG",
)  # fmt: skip


class Run(NamedTuple):
    """What a run left.

    Attributes:
        status: pytest's.
        written: The terminal and every file, by name.
    """

    status: int
    written: dict[str, str]


def run(
    folder: Path,
    files: Mapping[str, str],
    plan: Plan,
    *args: str,
    without_us: bool = False,
    end: str = "",
) -> Run:
    """Write files into a folder and run pytest there.

    Args:
        folder: A new one.
        files: Their texts, by name.
        plan: What is leaked.
        args: Of pytest, beside those above.
        without_us: Not to load the plugin: what is seen then is what there was to find.
        end: What ends the run, by the name of its channel.
    """
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\n")
    plugins = PLUGINS if without_us else (*PLUGINS, "julep_secrets")
    loaded = [part for name in plugins for part in ("-p", name)]
    ended = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "pytest", *loaded, *SHOWING, *args],
        cwd=folder, env=_environment(plan, end), capture_output=True, check=False,
    )  # fmt: skip
    return Run(ended.returncode, _written(folder, ended))


def _environment(plan: Plan, end: str) -> dict[str, str]:
    env = {key: value for key, value in os.environ.items() if key != "PYTEST_ADDOPTS"}
    return env | {
        "PYTHONPATH": str(TESTS),
        "PYTHONIOENCODING": "utf-8",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "SWEEP_PLAN": json.dumps(plan),
        "SWEEP_END": end,
    }


def _written(folder: Path, ended: subprocess.CompletedProcess[bytes]) -> dict[str, str]:
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc") and path.name != "pytest.ini"
    }
    streams = {"stdout": ended.stdout, "stderr": ended.stderr}
    return {name: data.decode("utf-8", "replace") for name, data in (files | streams).items()}


def found_by_test(run: Run) -> dict[str, set[str]]:
    """Which secrets each test was failed for, by the report log."""
    found: dict[str, set[str]] = {}
    for line in run.written.get("report.log", "").splitlines():
        test = re.search(r'"nodeid": "[^"]*(\[\w+-\w+\])"', line)
        if test:
            names = re.findall(r"Secret '(\w+)[#\w]*' reached", line)
            found.setdefault(test[1], set()).update(names)
    return found
