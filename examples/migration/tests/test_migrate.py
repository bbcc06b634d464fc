from __future__ import annotations

import os
import runpy

import pytest
from faker import Faker
from migrate import SECRETS, migrate

from pytest_julep_secrets import MockSecrets, assert_migrated

KINDS = {
    "OPENAI_API_KEY": "openai",
    "STRIPE_SECRET_KEY": "stripe",
    "DATABASE_URL": "database_url",
    "AUTH_TOKEN": "generic",
}


@pytest.fixture(autouse=True)
def environ(monkeypatch: pytest.MonkeyPatch, faker: Faker) -> None:
    for variable, kind in KINDS.items():
        monkeypatch.setenv(variable, faker.julep_secret_value(kind))


def test_all_are_there(mock_secrets: MockSecrets) -> None:
    assert migrate(os.environ) == []

    assert_migrated(mock_secrets, os.environ, SECRETS)


def test_again_after_one_has_changed(
    mock_secrets: MockSecrets, monkeypatch: pytest.MonkeyPatch, faker: Faker
) -> None:
    migrate(os.environ)
    monkeypatch.setenv("STRIPE_SECRET_KEY", faker.julep_secret_value("stripe"))

    with pytest.raises(AssertionError, match="'stripe_secret_key' has another value"):
        assert_migrated(mock_secrets, os.environ, SECRETS)
    migrate(os.environ)

    assert_migrated(mock_secrets, os.environ, SECRETS)
    assert len(mock_secrets) == 4


def test_what_is_not_set_is_told(
    mock_secrets: MockSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AUTH_TOKEN")

    assert migrate(os.environ) == ["AUTH_TOKEN"]
    assert "auth_token" not in mock_secrets


def test_the_guides_script_puts_a_models_key_where_no_model_finds_it(
    mock_secrets: MockSecrets,
) -> None:
    runpy.run_path("guide.py")

    with pytest.raises(AssertionError) as failed:
        assert_migrated(mock_secrets, os.environ, SECRETS.keys())
    assert str(failed.value) == (
        "Variable 'OPENAI_API_KEY' is in Julep as 'openai_api_key', where no model's key is "
        "looked up. Name the secret 'OPENAI_API_KEY'."
    )
