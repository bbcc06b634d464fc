"""Section "Integration with External Secret Managers": the sample, with AWS in this process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws

from guide.guide import AWS
from guide.page import told
from guide.trying import Outcome, Trying
from pytest_julep_secrets import MockSecrets

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

pytestmark = pytest.mark.usefixtures("aws")
VALUE = "fake-1f9c27d4-8a3e"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretsManagerClient]:
    """AWS with a secret; clients that are built meanwhile talk to it."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with mock_aws():
        client = boto3.client("secretsmanager")
        client.create_secret(Name="db", SecretString=VALUE)
        yield client


def test_python(try_out: Trying) -> None:
    outcome = try_out(AWS.read_text())

    assert outcome == Outcome("NameError: name 'datetime' is not defined")
    assert f"`{outcome.error}`" in told(AWS, "what happens")


def test_python_with_its_import(try_out: Trying, mock_secrets: MockSecrets) -> None:
    outcome = try_out(AWS.read_text(), datetime=datetime)

    assert outcome == Outcome(printed=["Synced secret db"], requests=["create 201"])
    assert dict(mock_secrets) == {"aws_db": VALUE}


def test_python_with_its_import_again(try_out: Trying) -> None:
    try_out(AWS.read_text(), datetime=datetime)

    outcome = try_out(AWS.read_text(), datetime=datetime)

    error = (
        "TypeError: SecretsResource.update() missing 1 required positional argument: 'secret_id'"
    )
    assert outcome == Outcome(error, requests=["create 409"] * 6)
    assert f"`{error}`" in told(AWS, "what happens")


@pytest.mark.julep_secrets(documented_api=True)
def test_python_with_the_documented_surface(try_out: Trying) -> None:
    assert try_out(AWS.read_text()) == Outcome("NameError: name 'datetime' is not defined")
    try_out(AWS.read_text(), datetime=datetime)

    outcome = try_out(AWS.read_text(), datetime=datetime)

    assert outcome == Outcome(
        printed=["Updated secret db"], requests=[*["create 409"] * 6, "list 200", "update 200"]
    )
