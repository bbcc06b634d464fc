"""Which run is under way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from pytest_julep_secrets import current
from pytest_julep_secrets.circumstances import Alone
from pytest_julep_secrets.run import Run


class Beginning:
    """A run that counts how often it was asked for."""

    def __init__(self) -> None:
        self.run = Run(Alone())
        self.asked = 0

    def get(self) -> Run:
        self.asked += 1
        return self.run


@pytest.fixture
def outer() -> Iterator[Beginning]:
    """A run inside of the one of these tests."""
    begun = Beginning()
    current.begin(begun.get)
    yield begun
    current.end(begun.get)


@pytest.mark.usefixtures("outside_of_pytest")
def test_outside_of_any_there_is_none() -> None:
    assert current.innermost() is None


def test_a_run_is_asked_for_when_it_is_wanted(outer: Beginning) -> None:
    assert outer.asked == 0
    assert current.innermost() is outer.run
    assert outer.asked == 1


def test_the_innermost_counts_until_it_ends(outer: Beginning) -> None:
    inner = Beginning()

    current.begin(inner.get)
    inside = current.innermost()
    current.end(inner.get)

    assert inside is inner.run
    assert current.innermost() is outer.run


def test_runs_may_end_in_any_order(outer: Beginning) -> None:
    first, second = Beginning(), Beginning()
    current.begin(first.get)
    current.begin(second.get)

    current.end(first.get)
    assert current.innermost() is second.run
    current.end(second.get)
    assert current.innermost() is outer.run


def test_loading_it_loads_nothing_else() -> None:
    code = """
import sys
import pytest_julep_secrets
before = set(sys.modules)
import pytest_julep_secrets.current
print(sorted(set(sys.modules) - before))
"""

    printed = subprocess.check_output([sys.executable, "-c", code], text=True)  # noqa: S603

    assert printed == "['pytest_julep_secrets.current']\n"
