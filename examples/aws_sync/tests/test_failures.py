"""Whatever fails in the middle, the next run completes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import julep
import pytest
from sync import Report, sync

from pytest_julep_secrets import MockSecrets

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

OLD = {"db": "fake-1f9c27d4-b", "mail": "fake-77c0-mail", "zoo": "fake-5e21-zoo"}
NEW = {"db": "fake-8a3e55b0-b", "mail": "fake-04d1-mail", "zoo": "fake-9b7f-zoo"}
FAULTS: list[dict[str, Any]] = [
    {"status": 429},
    {"status": 500},
    {"status": 503},
    {"drop": "before"},
    {"drop": "during"},
    {"drop": "after"},
    {"delay_s": 1000},
]


@pytest.fixture(autouse=True)
def in_aws(aws: SecretsManagerClient) -> None:
    for name, value in OLD.items():
        aws.create_secret(Name=name, SecretString=value)


def copies(values: dict[str, str]) -> dict[str, str]:
    return {f"aws_{name}": value for name, value in values.items()}


def change(aws: SecretsManagerClient) -> None:
    for name, value in NEW.items():
        aws.put_secret_value(SecretId=name, SecretString=value)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
@pytest.mark.parametrize("operation", ["list", "create"])
def test_a_request_that_fails_once_is_not_noticed(
    mock_secrets: MockSecrets, operation: str, fault: dict[str, Any]
) -> None:
    mock_secrets.faults.add(operation, **fault)

    report = sync()

    assert report == Report(dict.fromkeys(copies(OLD), "created"), {}, [])
    assert dict(mock_secrets) == copies(OLD)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_nor_is_an_update_that_fails_once(
    mock_secrets: MockSecrets, aws: SecretsManagerClient, fault: dict[str, Any]
) -> None:
    sync()
    change(aws)
    mock_secrets.faults.add("update", **fault)

    report = sync()

    assert report == Report(dict.fromkeys(copies(OLD), "updated"), {}, [])
    assert dict(mock_secrets) == copies(NEW)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
@pytest.mark.parametrize("operation", ["create", "update"])
def test_what_one_that_fails_for_good_has_left_is_completed(
    mock_secrets: MockSecrets, aws: SecretsManagerClient, operation: str, fault: dict[str, Any]
) -> None:
    if operation == "update":
        sync()
        change(aws)
    mock_secrets.faults.add(operation, name="aws_mail", times=None, **fault)

    with pytest.raises(julep.APIError):
        sync()
    mock_secrets.faults.clear()
    sync()

    assert dict(mock_secrets) == copies(NEW if operation == "update" else OLD)
    mock_secrets.calls.clear()
    assert set(sync().done.values()) == {"unchanged"}
    assert {call.operation for call in mock_secrets.calls} == {"list"}


def test_an_answer_that_is_no_list_ends_it(mock_secrets: MockSecrets) -> None:
    mock_secrets.faults.add("list", body="<html>Log in</html>", times=None)

    with pytest.raises(TypeError, match="no list"):
        sync()

    assert dict(mock_secrets) == {}


def test_one_that_somebody_else_creates_meanwhile_is_theirs(mock_secrets: MockSecrets) -> None:
    mock_secrets.create(name="aws_mail", value="fake-by-hand-77c0")
    # The list was made before.
    mock_secrets.faults.add("list", body=[])

    report = sync()

    assert report.skipped == {"mail": "'aws_mail' was created by somebody else; run it again"}
    assert mock_secrets["aws_mail"] == "fake-by-hand-77c0"


def test_a_client_that_moto_does_not_answer_is_refused(
    mock_secrets: MockSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = boto3.client("secretsmanager", endpoint_url="https://secrets.example.com")

    with mock_secrets.expect_violation("hosts") as violation:
        client.list_secrets()

    assert "'secrets.example.com" in str(violation.value)
