"""Shared by all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from pytest_julep_secrets import current
from pytest_julep_secrets.reach import network

pytest_plugins = ["pytester"]

# How long something takes is measured by `bench/`.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# A third of the time goes to runs of their own, which would compile everything each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture
def outside_of_pytest() -> Iterator[None]:
    """No run is under way, as in a script: not even the one of these tests."""
    runs, guards = current._runs.copy(), network._guards.copy()
    current._runs.clear()
    network._guards.clear()
    network._uninstall()
    yield
    current._runs[:] = runs
    network._guards[:] = guards
    network._install()
