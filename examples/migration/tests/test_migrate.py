from __future__ import annotations

import os
import runpy
from typing import Any

import julep
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
    assert migrate(os.environ) == dict.fromkeys(SECRETS, "created")

    assert_migrated(mock_secrets, os.environ, SECRETS)


def test_a_second_run_writes_nothing(mock_secrets: MockSecrets) -> None:
    migrate(os.environ)
    mock_secrets.update(name="auth_token", value="fake-rotated-since-77c0")
    mock_secrets.calls.clear()

    assert migrate(os.environ) == dict.fromkeys(SECRETS, "there already")
    assert {call.operation for call in mock_secrets.calls} == {"list"}
    assert mock_secrets["auth_token"] == "fake-rotated-since-77c0"


def test_again_after_one_has_changed(
    mock_secrets: MockSecrets, monkeypatch: pytest.MonkeyPatch, faker: Faker
) -> None:
    migrate(os.environ)
    mock_secrets.update(name="auth_token", description="For the shop")
    monkeypatch.setenv("STRIPE_SECRET_KEY", faker.julep_secret_value("stripe"))

    with pytest.raises(AssertionError, match="'stripe_secret_key' has another value"):
        assert_migrated(mock_secrets, os.environ, SECRETS)
    migrate(os.environ, overwrite=True)

    assert_migrated(mock_secrets, os.environ, SECRETS)
    assert len(mock_secrets) == 4
    assert mock_secrets.get(name="auth_token").description == "For the shop"


def test_what_is_not_set_is_told(
    mock_secrets: MockSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AUTH_TOKEN")

    assert migrate(os.environ)["AUTH_TOKEN"] == "not set"
    assert "auth_token" not in mock_secrets


def test_names_are_all_that_is_printed(
    mock_secrets: MockSecrets, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["migrate.py"])

    runpy.run_path("migrate.py", run_name="__main__")

    assert capsys.readouterr().out == "".join(f"{variable}: created\n" for variable in SECRETS)


@pytest.mark.parametrize("operation", ["list", "create"])
@pytest.mark.parametrize(
    "fault", [{"status": 503}, {"drop": "before"}, {"drop": "after"}, {"delay_s": 1000}], ids=str
)
def test_a_request_that_fails_once_is_not_noticed(
    mock_secrets: MockSecrets, operation: str, fault: dict[str, Any]
) -> None:
    mock_secrets.faults.add(operation, **fault)

    migrate(os.environ)

    assert_migrated(mock_secrets, os.environ, SECRETS)


@pytest.mark.parametrize("fault", [{"status": 403}, {"drop": "after"}, {"status": 409}], ids=str)
def test_a_failure_in_the_middle_is_completed_by_the_next_run(
    mock_secrets: MockSecrets, fault: dict[str, Any]
) -> None:
    mock_secrets.faults.add("create", name="database_url", times=None, **fault)

    with pytest.raises(julep.APIError):
        migrate(os.environ)
    mock_secrets.faults.clear()
    migrate(os.environ)

    assert_migrated(mock_secrets, os.environ, SECRETS)


def test_those_behind_100_others_are_found(mock_secrets: MockSecrets) -> None:
    migrate(os.environ)
    for number in range(100):
        mock_secrets.create(name=f"newer_{number}", value=f"fake-newer-{number}")

    assert migrate(os.environ) == dict.fromkeys(SECRETS, "there already")


def test_an_answer_that_is_no_list_ends_it(mock_secrets: MockSecrets) -> None:
    mock_secrets.faults.add("list", body="<html>Log in</html>", times=None)

    with pytest.raises(TypeError, match="no list"):
        migrate(os.environ)


def test_the_guides_script_updates_nothing(
    mock_secrets: MockSecrets,
    monkeypatch: pytest.MonkeyPatch,
    faker: Faker,
    capsys: pytest.CaptureFixture[str],
) -> None:
    runpy.run_path("guide.py")
    monkeypatch.setenv("AUTH_TOKEN", faker.julep_secret_value("generic"))
    mock_secrets.calls.clear()

    runpy.run_path("guide.py")

    # Without a fake that takes 22 seconds, for each of the four.
    assert [call.status for call in mock_secrets.calls] == [409] * 24
    assert capsys.readouterr().out.count("Failed to migrate") == 4
    with pytest.raises(AssertionError, match="'auth_token' has another value"):
        assert_migrated(mock_secrets, os.environ, ["AUTH_TOKEN"])


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
