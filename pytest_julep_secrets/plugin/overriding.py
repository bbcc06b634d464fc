"""A fixture of the user's called `mock_secrets` that is something else than ours.

The guide that many follow has one, a plain dict. It keeps working; but nothing leads a client
to the fake then, and a reader would think so.
"""

from __future__ import annotations

import sys
import warnings

import pytest

NAME = "mock_secrets"


def _is_ours(value: object) -> bool:
    mock = sys.modules.get("pytest_julep_secrets.mock")
    return mock is not None and isinstance(value, mock.MockSecrets)


def _sentence(place: str, value: object) -> str:
    return (
        f"The fixture 'mock_secrets' in {place} returned a {type(value).__name__}: Julep clients "
        "in its tests are not led to the fake of pytest-julep-secrets.\n"
        "Rename it, or build on ours: def mock_secrets(mock_secrets): ...; return mock_secrets"
    )


def tell_of_foreign_fixture(fixturedef: pytest.FixtureDef[object], value: object) -> None:
    """Warn of a `mock_secrets` that is not ours."""
    if not _is_ours(value):
        place = fixturedef.func.__code__.co_filename.rpartition("/")[2]
        try:
            warnings.warn(pytest.PytestWarning(_sentence(place, value)), stacklevel=2)
        except pytest.PytestWarning as warning:
            # Where warnings are errors. A traceback would show the fixture's value.
            raise pytest.fail.Exception(str(warning), pytrace=False) from None


def refuse_foreign_fixture(request: pytest.FixtureRequest) -> None:
    """Fail a test that combines such a fixture with one of ours."""
    if NAME not in request.fixturenames:
        return
    value = request.getfixturevalue(NAME)
    if value is not request.getfixturevalue("_julep_secrets_fake"):
        pytest.fail(_sentence("this test", value), pytrace=False)
