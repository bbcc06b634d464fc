"""A run of pytest that shows each mutant to the tests that reach it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import mutation

resource = pytest.importorskip("resource", reason="there is no fork")
pytest.importorskip("mutmut", reason="only `nox -s mutants_of_the_fake` installs it")

from mutation.of_the_fake.judging import forked  # noqa: E402

RUN = """
import sys
from pathlib import Path
import pytest
from mutation.of_the_fake.judging import Judging
from mutation.of_the_fake.mutants import mutants_of

here = Path.cwd()
jobs = [
    (mutant, judge)
    for mutant in mutants_of(here, here / "judged/sums.py")
    for judge in ("loose", "close")
]
judging = Judging("judged", here, jobs, lambda file: file.stem.removeprefix("test_"))
status = pytest.main(["-q", "-s", "-p", "no:julep_secrets", *sys.argv[1:]], plugins=[judging])
for (mutant, judge), was in judging.noticed.items():
    print(f"{judge}: {mutant.known_as.change!r} {was}")
print("status", int(status))
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    pytester.mkpydir("judged").joinpath("sums.py").write_text(
        "STEP = 1\n\n\ndef last(n):\n    return max(n, 0) * STEP\n\n\ndef unused():\n    return 7\n"
    )
    pytester.makepyfile(
        run=RUN,
        test_loose="from judged.sums import last\ndef test_last():\n    assert last(3) >= 3\n",
        test_close="from judged.sums import last\ndef test_last():\n    assert last(3) == 3\n",
    )
    # mutmut asks for it before it makes any.
    pytester.makefile(".cfg", setup="[mutmut]\nsource_paths=judged\n")
    monkeypatch.setenv("PYTHONPATH", str(Path(mutation.__path__[0]).parent))
    return pytester


def test_each_judge_for_itself(project: pytest.Pytester) -> None:
    lines = project.runpython(Path("run.py")).outlines

    assert lines[-1] == "status 0"
    assert "loose: '- STEP = 1\\n+ STEP = 2' False" in lines
    assert "close: '- STEP = 1\\n+ STEP = 2' True" in lines
    assert "loose: '- return max(n, 0) * STEP\\n+ return max(n, 0) / STEP' False" in lines
    assert "close: '- return 7\\n+ return 8' False" in lines
    assert "close: '- return max(n, 0) * STEP\\n+ return max(None, 0) * STEP' True" in lines


def test_what_never_ends_is_noticed() -> None:
    def work() -> bool:
        resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
        while True:
            pass

    _, status = os.waitpid(forked(work), 0)

    assert os.WIFSIGNALED(status)


def test_a_test_that_fails_anyway(project: pytest.Pytester) -> None:
    project.makepyfile(test_loose="def test_last():\n    assert False\n")

    lines = project.runpython(Path("run.py")).outlines

    assert lines[-1] == "status 1"
