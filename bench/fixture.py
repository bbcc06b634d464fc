"""What `mock_secrets` adds to each test that uses it."""

from __future__ import annotations

from collections.abc import Iterator

from bench import runs
from bench.result import Goal, Line
from bench.timing import Effort, Pairs

_TRIVIAL = """\
import pytest

@pytest.fixture
def trivial():
    yield

"""
_FIXTURES = ("mock_secrets", "respx_mock", "trivial")


def run(effort: Effort) -> Iterator[Line]:
    """Run 1,000 tests with `mock_secrets`, with `respx_mock` and with a trivial one, by turns."""
    tests = [
        f"def test_{fixture}_{place}({fixture}):\n    pass\n\n"
        for place in range(effort.number(1000))
        for fixture in _FIXTURES
    ]
    took = runs.seconds_of_tests(_TRIVIAL + "".join(tests), ["julep_secrets", "respx"])
    turns = list(zip(took[::3], took[1::3], took[2::3], strict=True))
    costs = Pairs([(mine - none, other - none) for mine, other, none in turns])
    yield Line("fixture", "mock_secrets, its own cost", "respx_mock", costs, Goal("ratio", 1))
    whole = Pairs([(mine, none) for mine, _, none in turns])
    most = Goal("more", 0.5e-3)
    yield Line("fixture", "a test with mock_secrets", "one with a yield fixture", whole, most)
