"""What Julep's guide has for a sync, as it is: each test shows one thing that is wrong with it."""

from __future__ import annotations

import runpy
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from pytest_julep_secrets import MockSecrets

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

VALUE = "fake-1f9c27d4-b"


def run_as_it_is() -> None:
    runpy.run_path("guide.py")


def run() -> None:
    """Run it with the import that it lacks."""
    runpy.run_path("guide.py", init_globals={"datetime": datetime})


def test_it_has_no_datetime(mock_secrets: MockSecrets, aws: SecretsManagerClient) -> None:
    aws.create_secret(Name="db", SecretString=VALUE)

    with pytest.raises(NameError, match="datetime") as raised:
        run_as_it_is()

    # `except Exception` took the first for a secret that is there.
    assert isinstance(raised.value.__context__, NameError)
    assert list(mock_secrets.calls) == []


def test_with_that_it_works_once(mock_secrets: MockSecrets, aws: SecretsManagerClient) -> None:
    aws.create_secret(Name="db", SecretString=VALUE)

    run()

    assert dict(mock_secrets) == {"aws_db": VALUE}


def test_it_never_updates(mock_secrets: MockSecrets, aws: SecretsManagerClient) -> None:
    aws.create_secret(Name="db", SecretString=VALUE)
    run()
    aws.put_secret_value(SecretId="db", SecretString="fake-8a3e55b0-b")
    mock_secrets.calls.clear()

    with pytest.raises(TypeError, match="secret_id"):
        run()

    # Without a fake that takes 22 seconds, for each secret.
    assert [call.status for call in mock_secrets.calls] == [409] * 6
    assert dict(mock_secrets) == {"aws_db": VALUE}


@pytest.mark.parametrize("name", ["test/db", "test-db"])
def test_it_takes_a_name_that_is_not_valid_for_one_that_is_there(
    mock_secrets: MockSecrets, aws: SecretsManagerClient, name: str
) -> None:
    aws.create_secret(Name=name, SecretString=VALUE)
    aws.create_secret(Name="zoo", SecretString=VALUE)

    with pytest.raises(TypeError, match="secret_id"):
        run()

    assert [call.status for call in mock_secrets.calls] == [400]
    assert dict(mock_secrets) == {}


def test_it_sees_one_page_only(mock_secrets: MockSecrets, aws: SecretsManagerClient) -> None:
    for number in range(101):
        aws.create_secret(Name=f"db{number}", SecretString=f"{VALUE}-{number}")

    run()

    assert len(mock_secrets) == 100


def test_it_stops_at_what_is_binary(mock_secrets: MockSecrets, aws: SecretsManagerClient) -> None:
    aws.create_secret(Name="cert", SecretBinary=b"\x30\x82")
    aws.create_secret(Name="db", SecretString=VALUE)

    with pytest.raises(KeyError, match="SecretString"):
        run()

    assert dict(mock_secrets) == {}


def test_it_stops_at_what_has_no_value_yet(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    aws.create_secret(Name="cert")
    aws.create_secret(Name="db", SecretString=VALUE)

    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        run()

    assert dict(mock_secrets) == {}


def test_it_keeps_what_is_deleted_in_aws(
    mock_secrets: MockSecrets, aws: SecretsManagerClient, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.create_secret(Name="db", SecretString=VALUE)
    run()
    aws.delete_secret(SecretId="db", RecoveryWindowInDays=7)
    capsys.readouterr()

    run()

    assert capsys.readouterr().out == ""
    assert dict(mock_secrets) == {"aws_db": VALUE}


def test_a_date_without_a_time_zone_is_all_that_tells_of_a_sync(
    mock_secrets: MockSecrets, aws: SecretsManagerClient
) -> None:
    arn = aws.create_secret(Name="db", SecretString=VALUE)["ARN"]

    run()

    metadata = mock_secrets.get(name="aws_db").metadata
    assert metadata is not None
    assert datetime.fromisoformat(str(metadata.pop("sync_date"))).tzinfo is None
    assert metadata == {"source": "aws", "arn": arn}
