"""Shared by the tests that run pytest inside pytest."""

from __future__ import annotations

# Loaded before those runs, which forget what they load: each would spend a second on it.
import httpx2
import hypothesis
import julep
import loguru
import pytest
import structlog
import trio

import pytest_julep_secrets.artefacts.scan
import pytest_julep_secrets.artefacts.values.manifest
import pytest_julep_secrets.leaks.assertions
import pytest_julep_secrets.mock
import pytest_julep_secrets.plugin.outside
import pytest_julep_secrets.plugin.proof
import pytest_julep_secrets.plugin.verdict

__all__ = ["httpx2", "hypothesis", "julep", "loguru", "pytest_julep_secrets", "structlog", "trio"]


@pytest.fixture(autouse=True)
def no_key_and_no_base_url(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a developer has in the environment decides nothing here."""
    monkeypatch.delenv("JULEP_API_KEY", raising=False)
    monkeypatch.delenv("JULEP_BASE_URL", raising=False)


@pytest.fixture(autouse=True)
def quiet_asyncio(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest-asyncio warns where nobody has chosen a scope."""
    # After pytester, which takes the variable away.
    del pytester
    # Where pytest thinks that it is in CI, its summary repeats whole messages.
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("BUILD_NUMBER", raising=False)
    monkeypatch.setenv(
        "PYTEST_ADDOPTS", "-o asyncio_default_fixture_loop_scope=function -p no:faker"
    )
