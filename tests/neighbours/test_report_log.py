"""Two runs of a suite that differ in anything are told apart."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from neighbours.__main__ import main
from neighbours.report_log import Seen, counts, differences, seen

PASSED: Final = Seen("call", "passed", "test_it.py::test_one")
WARNED: Final = Seen("warning", "UserWarning", "test_it.py:5")
RUN: Final = Counter([PASSED, PASSED._replace(where="test_it.py::test_two"), WARNED])
LOG: Final = """\
{"$report_type": "TestReport", "nodeid": "test_it.py::test_one", "outcome": "%s", "when": "call"}
"""


def test_what_is_seen_of_a_run(pytester: pytest.Pytester) -> None:
    file = pytester.makepyfile(
        test_it="""
        import warnings, pytest

        @pytest.fixture
        def broken(): yield; 1 / 0
        def test_broken(broken): warnings.warn("here")
        @pytest.mark.skip
        def test_skipped(): pass
        @pytest.mark.xfail
        def test_xfail(): 1 / 0
        @pytest.mark.xfail
        def test_xpass(): pass
        """,
        test_other="1 / 0",
    )
    log = pytester.path / "log.jsonl"
    options = ["--continue-on-collection-errors", "-Wdefault::UserWarning", "-pno:asyncio"]
    pytester.runpytest_inprocess(f"--report-log={log}", *options)

    found = seen(log.read_text().splitlines())

    assert {one: times for one, times in found.items() if one.outcome != "passed"} == {
        Seen("collection", "failed", "test_other.py"): 1,
        Seen("teardown", "failed", "test_it.py::test_broken"): 1,
        Seen("warning", "UserWarning", f"{file}:5"): 1,
        Seen("setup", "skipped", "test_it.py::test_skipped"): 1,
        Seen("call", "skipped (xfail)", "test_it.py::test_xfail"): 1,
        Seen("call", "passed (xfail)", "test_it.py::test_xpass"): 1,
        Seen("run", "exit status 1", ""): 1,
    }
    assert found[Seen("collection", "passed", "test_it.py")] == 1
    assert found[Seen("setup", "passed", "test_it.py::test_broken")] == 1


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        (RUN, []),
        (RUN - Counter([PASSED]), ["- 1 call passed test_it.py::test_one"]),
        (RUN + Counter([WARNED] * 2), ["+ 2 warning UserWarning test_it.py:5"]),
        (
            RUN - Counter([PASSED]) + Counter([PASSED._replace(outcome="failed")]),
            ["- 1 call passed test_it.py::test_one", "+ 1 call failed test_it.py::test_one"],
        ),
    ],
)
def test_what_differs_is_told(beside: Counter[Seen], told: list[str]) -> None:
    assert list(differences(RUN, beside)) == told


def test_counts() -> None:
    assert counts(RUN) == "2 call passed, 1 warning UserWarning"


def test_every_run_is_compared_with_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for run, outcome in {"alone": "passed", "beside": "passed", "key": "failed"}.items():
        (tmp_path / run).mkdir()
        (tmp_path / run / "suite.jsonl").write_text(LOG % outcome)

    assert main(tmp_path) == (
        "suite key: - 1 call passed test_it.py::test_one\n"
        "suite key: + 1 call failed test_it.py::test_one"
    )
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "suite alone: 1 call passed"
    assert printed[2] == "suite key: 1 call failed"


def test_nothing_to_compare_is_told(tmp_path: Path) -> None:
    assert "has nothing to compare" in str(main(tmp_path))
