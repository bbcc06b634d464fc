"""Shared by all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pytest_julep_secrets import current

pytest_plugins = ["pytester"]


@pytest.fixture
def outside_of_pytest() -> Iterator[None]:
    """No run is under way, as in a script: not even the one of these tests."""
    runs = current._runs.copy()
    current._runs.clear()
    yield
    current._runs[:] = runs
