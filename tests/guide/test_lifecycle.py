"""Section "Secret Management Lifecycle": each stage by the released SDK."""

from __future__ import annotations

import julep
import pytest

from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.tasks import check

TASK = {"main": [{"tool": "api", "arguments": {"key": "$ secrets.stripe_api_key"}}]}
SEED = pytest.mark.julep_secrets({"stripe_api_key": "sk-fake-old"})


def test_creation(mock_secrets: MockSecrets) -> None:
    julep.Julep().secrets.create(name="stripe_api_key", value="sk-fake-1f9c27d4")

    assert mock_secrets["stripe_api_key"] == "sk-fake-1f9c27d4"


@SEED
def test_retrieval_shows_no_value(mock_secrets: MockSecrets) -> None:
    (secret,) = julep.Julep().secrets.list()

    assert (secret.name, secret.value) == ("stripe_api_key", "ENCRYPTED")
    assert mock_secrets.get(name="stripe_api_key").value == "sk-fake-old"


@SEED
def test_usage(mock_secrets: MockSecrets) -> None:
    check(TASK, names=mock_secrets)
    mock_secrets.clear()

    with pytest.raises(AssertionError, match="secret 'stripe_api_key' is missing"):
        check(TASK, names=mock_secrets)


@SEED
def test_an_update_takes_the_id_and_all_of_it(mock_secrets: MockSecrets) -> None:
    client = julep.Julep()
    (secret,) = client.secrets.list()

    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'name'"):
        client.secrets.update(secret.id, value="sk-fake-new")  # type: ignore[call-arg]
    client.secrets.update(secret.id, name="stripe_api_key", value="sk-fake-new")

    assert mock_secrets["stripe_api_key"] == "sk-fake-new"


@SEED
def test_a_deletion_takes_the_id(mock_secrets: MockSecrets) -> None:
    client = julep.Julep()

    with pytest.raises(julep.UnprocessableEntityError):
        client.secrets.delete("stripe_api_key")
    client.secrets.delete(client.secrets.list()[0].id)

    assert len(mock_secrets) == 0
