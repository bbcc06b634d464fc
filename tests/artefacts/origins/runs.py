"""Real runs of pytest with all the report plugins, whose tests leave marks of their own."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

MARK: Final = re.compile(rb"mark-[0-9a-f]{12}-")

CONFTEST: Final = """
import hashlib, pytest

def mark_of(nodeid):
    return f"mark-{hashlib.sha256(nodeid.encode()).hexdigest()[:12]}-"

@pytest.fixture
def mark(request):
    return mark_of(request.node.nodeid)

@pytest.fixture
def broken(mark):
    print(mark)
    raise RuntimeError(mark)

@pytest.fixture
def closing(mark):
    yield
    print(mark)
    raise RuntimeError(mark)
"""
TESTS: Final = r"""
import logging, sys, unittest, pytest

class TestX:
    class TestInner:
        def test_deep(self, mark):
            logging.getLogger("app").warning("%s", mark)
            assert mark == 1, mark

    @pytest.mark.parametrize("url", ["a.b::c/d", "x y", "\u00e9[1]", 'q"<&>'])
    def test_b(self, url, mark):
        print(f"____ {url} ____", mark, "== banner ==", sep="\n")
        assert mark == 1, mark

    def test_passes(self, mark, record_property):
        record_property("mark", mark)
        print(mark)

def test_setup(broken):
    pass

def test_teardown(closing, mark):
    print(mark)

def test_same(mark):
    print(mark)
    assert 0

class Case(unittest.TestCase):
    def test_unit(self):
        from conftest import mark_of
        sys.stderr.write(mark_of("tests/sub/test_a.py::Case::test_unit"))
        self.fail(mark_of("tests/sub/test_a.py::Case::test_unit"))

@pytest.mark.xfail
def test_expected(mark):
    assert 0, mark
"""
SAME: Final = """
def test_same(mark):
    print(mark)
    assert 0
"""
BROKEN: Final = """
from conftest import mark_of
raise RuntimeError(mark_of("tests/test_broken.py"))
"""
_PLUGINS: Final = "xdist pytest_html.plugin pytest_metadata.plugin pytest_jsonreport.plugin"


def start(folder: Path, *options: str) -> subprocess.Popen[str]:
    """Begin a run whose files go to a folder."""
    root = folder / "root"
    (root / "tests" / "sub").mkdir(parents=True)
    (root / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (root / "pytest.ini").write_text("[pytest]\njunit_logging = all\n", encoding="utf-8")
    (root / "tests" / "sub" / "test_a.py").write_text(TESTS, encoding="utf-8")
    (root / "tests" / "test_same.py").write_text(SAME, encoding="utf-8")
    (root / "tests" / "test_broken.py").write_text(BROKEN, encoding="utf-8")
    plugins = [f"-p{name}" for name in (*_PLUGINS.split(), "pytest_reportlog.plugin")]
    files = {
        "--junitxml": "junit.xml",
        "--report-log": "log.jsonl",
        "--json-report-file": "report.json",
        "--html": "report.html",
    }
    written = [f"{option}={folder / name}" for option, name in files.items()]
    quiet = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "80"}
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "CI", "GITHUB_", "COV"))
    }
    command = [sys.executable, "-Xutf8", "-mpytest", "--json-report"]
    command += ["--continue-on-collection-errors"]
    with (folder / "terminal.txt").open("w", encoding="utf-8") as terminal:
        return subprocess.Popen(  # noqa: S603 (our own)
            [*command, *plugins, *written, *options, "--rootdir", str(root), "."],
            cwd=root,
            stdout=terminal,
            stderr=subprocess.STDOUT,
            text=True,
            env={**environment, **quiet},
        )


def marks(folder: Path) -> dict[bytes, str]:
    """The node ids of a run, by the marks they leave; by pytest's own word."""
    ids = {
        json.loads(line).get("nodeid", "")
        for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    }
    return {f"mark-{hashlib.sha256(one.encode()).hexdigest()[:12]}-".encode(): one for one in ids}
