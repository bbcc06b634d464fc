"""Samples of the guide are tried on the test's fake."""

from __future__ import annotations

import pytest

from guide.trying import Trying
from pytest_julep_secrets import MockSecrets


@pytest.fixture
def try_out(mock_secrets: MockSecrets, capsys: pytest.CaptureFixture[str]) -> Trying:
    return Trying(mock_secrets, capsys)
