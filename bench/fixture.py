"""What `mock_secrets` adds to each test that uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import runs
from bench.result import Goal, Line
from bench.timing import Effort, Measure, Pairs, take_turns

_TRIVIAL = """\
import pytest

@pytest.fixture
def trivial():
    yield

"""


def run(effort: Effort) -> Iterator[Line]:
    """Compare runs of tests with `mock_secrets`, with `respx_mock` and with a trivial fixture."""
    with TemporaryDirectory() as folder:
        ours, respx, trivial = (
            _tests_with(fixture, Path(folder), effort.number(1000))
            for fixture in ("mock_secrets", "respx_mock", "trivial")
        )
        turns = take_turns(ours, respx, trivial, rounds=effort.rounds(9))
    costs = Pairs([(mine - none, other - none) for mine, other, none in turns])
    yield Line("fixture", "mock_secrets, its own cost", "respx_mock", costs, Goal("ratio", 1))
    whole = Pairs([(mine, none) for mine, _, none in turns])
    yield Line(
        "fixture", "a test with mock_secrets", "a yield fixture", whole, Goal("more", 0.5e-3)
    )


def _tests_with(fixture: str, folder: Path, number: int) -> Measure:
    file = folder / f"test_{fixture}.py"
    runs.write_tests(file, f"def test_{{}}({fixture}):\n    pass\n\n", number, _TRIVIAL)
    return runs.per_test(file, number, "julep_secrets", "respx")
