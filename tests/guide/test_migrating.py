"""Section "Migrating from Environment Variables": the advice, and the sample."""

from __future__ import annotations

import pytest

from guide.guide import MIGRATION
from guide.page import told
from guide.trying import Outcome, Trying
from pytest_julep_secrets import MockSecrets, assert_migrated

ENVIRON = {"OPENAI_API_KEY": "sk-fake-1f9c27d4", "AUTH_TOKEN": "fake-8a3e55b0"}
UNSET = ["STRIPE_SECRET_KEY", "DATABASE_URL"]

# It would tell in the summary what these tests are about.
pytestmark = pytest.mark.julep_secrets(naming="off")


@pytest.fixture(autouse=True)
def environ(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, value in ENVIRON.items():
        monkeypatch.setenv(variable, value)
    for variable in UNSET:
        monkeypatch.delenv(variable, raising=False)


def test_python(try_out: Trying, mock_secrets: MockSecrets) -> None:
    assert try_out(MIGRATION.read_text()) == Outcome(
        printed=[
            "Successfully migrated OPENAI_API_KEY to Julep secret",
            "Environment variable STRIPE_SECRET_KEY not found",
            "Environment variable DATABASE_URL not found",
            "Successfully migrated AUTH_TOKEN to Julep secret",
        ],
        requests=["create 201", "create 201"],
    )
    assert sorted(mock_secrets) == ["auth_token", "openai_api_key"]
    assert told(MIGRATION, "what happens").startswith("runs")


def test_python_puts_a_models_key_where_no_model_finds_it(
    try_out: Trying, mock_secrets: MockSecrets
) -> None:
    try_out(MIGRATION.read_text())

    with pytest.raises(AssertionError) as failed:
        assert_migrated(mock_secrets, ENVIRON, list(ENVIRON))
    assert str(failed.value).endswith("Name the secret 'OPENAI_API_KEY'.")


def test_python_again(try_out: Trying) -> None:
    try_out(MIGRATION.read_text())

    outcome = try_out(MIGRATION.read_text())

    failed = "{}: Error code: 409 - {{'error': {{'message': 'A secret with these unique properties"
    assert outcome.error is None
    assert outcome.printed[0].startswith("Failed to migrate " + failed.format("OPENAI_API_KEY"))
    assert outcome.requests == ["create 409"] * 12


def test_the_same_names_would_do(mock_secrets: MockSecrets) -> None:
    for variable, value in ENVIRON.items():
        mock_secrets.create(name=variable, value=value)

    assert_migrated(mock_secrets, ENVIRON, list(ENVIRON))
