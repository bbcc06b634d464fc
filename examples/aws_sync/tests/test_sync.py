from __future__ import annotations

import runpy
from typing import TYPE_CHECKING

import boto3
import pytest
from sync import Report, sync

from pytest_julep_secrets import MockSecrets

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

OLD = "fake-1f9c27d4-b"
NEW = "fake-8a3e55b0-b"


def writes(secrets: MockSecrets) -> list[str | None]:
    return [call.operation for call in secrets.calls if call.operation != "list"]


def test_all_pages_are_synced(mock_secrets: MockSecrets, aws: SecretsManagerClient) -> None:
    values = {f"db{number}": f"{OLD}-{number}" for number in range(101)}
    for name, value in values.items():
        aws.create_secret(Name=name, SecretString=value)

    report = sync()

    assert dict(mock_secrets) == {f"aws_{name}": value for name, value in values.items()}
    assert set(report.done.values()) == {"created"}


def test_a_second_run_writes_nothing(mock_secrets: MockSecrets, aws: SecretsManagerClient) -> None:
    for number in range(101):
        aws.create_secret(Name=f"db{number}", SecretString=f"{OLD}-{number}")
    sync()
    mock_secrets.calls.clear()

    report = sync()

    assert writes(mock_secrets) == []
    names = [f"aws_db{number}" for number in range(101)]
    assert report == Report(dict.fromkeys(names, "unchanged"), {}, [])


def test_only_what_has_changed_is_updated(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    aws.create_secret(Name="db", SecretString=OLD)
    aws.create_secret(Name="mail", SecretString="fake-77c0-mail")
    sync()
    aws.put_secret_value(SecretId="db", SecretString=NEW)
    mock_secrets.calls.clear()

    report = sync()

    assert report.done == {"aws_db": "updated", "aws_mail": "unchanged"}
    assert writes(mock_secrets) == ["update"]
    assert dict(mock_secrets) == {"aws_db": NEW, "aws_mail": "fake-77c0-mail"}


def test_what_others_say_of_a_secret_is_kept(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    arn = aws.create_secret(Name="db", SecretString=OLD, Description="Orders")["ARN"]
    sync()
    secret = mock_secrets.get(name="aws_db")
    assert secret.description == "Orders"
    mock_secrets.update(
        name="aws_db",
        description="Orders, see wiki",
        metadata={**(secret.metadata or {}), "owner": "billing"},
    )
    version = aws.put_secret_value(SecretId="db", SecretString=NEW)["VersionId"]

    sync()

    secret = mock_secrets.get(name="aws_db")
    assert secret.description == "Orders, see wiki"
    assert secret.metadata == {"source": "aws", "arn": arn, "version": version, "owner": "billing"}


def test_names_that_are_not_valid_are_told_until_one_is_chosen(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    aws.create_secret(Name="test/db-main", SecretString=OLD)

    assert sync().skipped == {
        "test/db-main": "'aws_test/db-main' is not valid in Julep; 'aws_test_db_main' is"
    }
    assert writes(mock_secrets) == []
    assert sync({"test/db-main": "aws_test_db_main"}).done == {"aws_test_db_main": "created"}


def test_names_that_become_the_same_are_told(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    aws.create_secret(Name="test/db", SecretString=OLD)
    aws.create_secret(Name="test-db", SecretString=NEW)

    report = sync({"test/db": "test_db", "test-db": "test_db"})

    assert set(report.skipped) == {"test/db", "test-db"}
    assert dict(mock_secrets) == {}


@pytest.mark.julep_secrets({"aws_db": "fake-by-hand-77c0"})
def test_what_was_not_synced_is_not_overwritten(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    aws.create_secret(Name="db", SecretString=OLD)

    assert sync() == Report({}, {"db": "'aws_db' is in Julep, and is not its copy"}, [])
    assert dict(mock_secrets) == {"aws_db": "fake-by-hand-77c0"}


def test_what_is_no_text_is_told_and_the_rest_is_synced(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    aws.create_secret(Name="cert", SecretBinary=b"\x30\x82 fake certificate")
    aws.create_secret(Name="empty")
    aws.create_secret(Name="nul", SecretString="fake\0-77c0-nul")
    aws.create_secret(Name="zoo", SecretString=OLD)

    report = sync()

    assert report.done == {"aws_zoo": "created"}
    assert report.skipped == {
        "cert": "its value is binary, and Julep's are text",
        "empty": "AWS gives no value: ResourceNotFoundException",
        "nul": "its value has a NUL in it, which Julep leaves out",
    }


def test_what_was_deleted_in_aws_is_told(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    aws.create_secret(Name="db", SecretString=OLD)
    sync()
    aws.delete_secret(SecretId="db", RecoveryWindowInDays=7)

    assert sync() == Report({}, {}, ["aws_db"])
    assert dict(mock_secrets) == {"aws_db": OLD}


def test_a_secret_of_the_same_name_again_is_the_same(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    aws.create_secret(Name="db", SecretString=OLD)
    sync()
    aws.delete_secret(SecretId="db", ForceDeleteWithoutRecovery=True)
    aws.create_secret(Name="db", SecretString=NEW)

    assert sync().done == {"aws_db": "updated"}
    assert dict(mock_secrets) == {"aws_db": NEW}


def test_other_regions_are_left_alone(
    mock_secrets: MockSecrets, aws: SecretsManagerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.create_secret(Name="db", SecretString=OLD)
    aws.create_secret(Name="mail", SecretString="fake-77c0-mail")
    sync()
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    boto3.client("secretsmanager").create_secret(Name="db", SecretString=NEW)

    assert sync() == Report({}, {"db": "'aws_db' is in Julep, and is not its copy"}, [])
    assert sync({"db": "us_db"}).done == {"us_db": "created"}


def test_copies_that_are_behind_100_others_are_found(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    aws.create_secret(Name="db", SecretString=OLD)
    sync()
    for number in range(100):
        mock_secrets.create(name=f"newer_{number}", value=f"fake-newer-{number}")
    aws.put_secret_value(SecretId="db", SecretString=NEW)

    assert sync().done == {"aws_db": "updated"}


def test_what_the_guide_has_synced_is_taken_over(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    arn = aws.create_secret(Name="db", SecretString=NEW)["ARN"]
    mock_secrets.create(
        name="aws_db",
        value=OLD,
        metadata={"source": "aws", "arn": arn, "sync_date": "2026-01-31T00:00:00"},
    )

    assert sync().done == {"aws_db": "updated"}


def test_names_are_all_that_is_printed(
    mock_secrets: MockSecrets, aws: SecretsManagerClient, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.create_secret(Name="db", SecretString=OLD)
    aws.create_secret(Name="test/db", SecretString=NEW)

    with pytest.raises(SystemExit) as exited:
        runpy.run_path("sync.py", run_name="__main__")

    assert exited.value.code == 1
    assert capsys.readouterr().out == (
        "aws_db: created\n"
        "test/db: not synced, 'aws_test/db' is not valid in Julep; 'aws_test_db' is\n"
    )


def test_a_name_in_aws_may_look_like_production_and_one_in_the_fake_may_not(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    aws.create_secret(Name="prod/db", SecretString=OLD)

    assert set(sync().skipped) == {"prod/db"}
    with mock_secrets.expect_violation("names") as violation:
        sync({"prod/db": "aws_prod_db"})
    assert "'aws_prod_db' looks like production" in str(violation.value)
    assert sync({"prod/db": "aws_test_db"}).done == {"aws_test_db": "created"}


@pytest.mark.julep_secrets(allow_names=["aws_prod_db"])
def test_a_name_that_looks_like_production_is_allowed_where_it_is_the_point(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    aws.create_secret(Name="prod/db", SecretString=OLD)

    assert sync({"prod/db": "aws_prod_db"}).done == {"aws_prod_db": "created"}
