"""Section "Naming Conventions": the guide's own names, and what is made of them."""

from __future__ import annotations

import pytest

from pytest_julep_secrets import MockSecrets, production_reason

GOOD = ["aws_access_key", "stripe_secret_key", "dev_stripe_key"]
pytestmark = pytest.mark.julep_secrets(naming="error")


@pytest.mark.parametrize("name", GOOD)
def test_names_that_follow_it(mock_secrets: MockSecrets, name: str) -> None:
    mock_secrets.create(name=name, value="fake-1f9c27d4")

    assert name in mock_secrets


@pytest.mark.parametrize("name", ["awsAccessKey", "AWS_ACCESS_KEY"])
def test_a_name_that_is_not_in_snake_case(mock_secrets: MockSecrets, name: str) -> None:
    with mock_secrets.expect_violation("naming") as violation:
        mock_secrets.create(name=name, value="fake-1f9c27d4")

    assert "that is 'aws_access_key'" in str(violation.value)


def test_length_and_prefix_are_left_to_you(mock_secrets: MockSecrets) -> None:
    mock_secrets.create(name="secret_key", value="fake-1f9c27d4")
    mock_secrets.create(name="the_key_of_the_billing_service_" * 8 + "x", value="fake-8a3e55b0")

    assert len(mock_secrets) == 2


def test_a_production_prefix_never_gets_into_a_test(mock_secrets: MockSecrets) -> None:
    with mock_secrets.expect_violation("names"):
        mock_secrets.create(name="prod_stripe_key", value="fake-1f9c27d4")

    assert production_reason("prod_stripe_key") == "it contains the word 'prod'"
    assert production_reason("dev_stripe_key") is None
