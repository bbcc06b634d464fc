"""What real runs write: each mark in it is the test's that left it."""

from __future__ import annotations

from pathlib import Path

import pytest

from artefacts.origins import runs
from pytest_julep_secrets.artefacts.origins import tests_at as origins_at

SETS = {
    "serial": ["-rA", "-vv", "-ojunit_family=xunit1", "--color=yes"],
    "parallel": ["-n2", "-v", "-ojunit_family=xunit2"],
    "streamed": ["-s", "-v", "-olog_cli=true", "-ojunit_family=legacy", "--self-contained-html"],
}
FILES = ["junit.xml", "log.jsonl", "report.json", "report.html", "terminal.txt"]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = {name: tmp_path_factory.mktemp(name) for name in SETS}
    running = [runs.start(made[name], *options) for name, options in SETS.items()]
    for run in running:
        assert run.wait(60) == 1
    return made


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("file", FILES)
def test_each_mark_is_its_tests(folders: dict[str, Path], name: str, file: str) -> None:
    path, owners = folders[name] / file, runs.marks(folders[name])
    found = list(runs.MARK.finditer(path.read_bytes()))
    with path.open("rb") as opened:
        told = origins_at(opened, [one.start() for one in found])

    assert told == [owners[one[0]] for one in found]
    assert len(set(told)) >= 10
