"""The pytest plugin: hooks of a few lines. Loading it imports pytest and the standard library.

What is only needed by tests that use the fake is imported when the first of them asks.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

from pytest_julep_secrets.plugin.fixtures import (
    _julep_secrets_fake,
    async_julep_client,
    julep_client,
    mock_secrets,
)
from pytest_julep_secrets.plugin.options import MARKER, declare_ini, declare_marker

__all__ = [
    "_julep_secrets_fake",
    "async_julep_client",
    "julep_client",
    "mock_secrets",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the ini options."""
    declare_ini(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    declare_marker(config)


def pytest_unconfigure() -> None:
    """Take back what the interception patched, if a test has used it."""
    import sys

    interception = sys.modules.get("pytest_julep_secrets.reach.interception")
    if interception is not None:
        interception.uninstall()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail a test whose marker cannot be used, also one that needs no fixture of ours."""
    if item.get_closest_marker(MARKER) is not None:
        from pytest_julep_secrets.plugin.settings import check_marker

        check_marker(item)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    """Tell of a `mock_secrets` that is not ours."""
    value = yield
    if fixturedef.argname == "mock_secrets":
        from pytest_julep_secrets.plugin.overriding import tell_of_foreign_fixture

        tell_of_foreign_fixture(fixturedef, value)
    return value
