"""A rotation may fail at any of its requests: nothing is lost, and nothing left for long."""

from __future__ import annotations

from typing import Any

import julep
import pytest
from rotate import rotate

from pytest_julep_secrets import MockSecrets

NAME = "stripe_secret_key"
OLD = "sk-fake-old-1f9c27d4"
NEW = "sk-fake-new-8a3e55b0"

pytestmark = pytest.mark.julep_secrets(
    {NAME: {"value": OLD, "description": "Payments", "metadata": {"owner": "billing"}}}
)


def works(name: str) -> None:
    assert name == f"{NAME}_new"


def fails(name: str) -> None:
    raise ConnectionError(f"Stripe refuses {name}.")


def test_only_the_value_changes(mock_secrets: MockSecrets) -> None:
    before = mock_secrets.get(name=NAME)

    rotate(NAME, NEW, works)

    after = mock_secrets.get(name=NAME)
    assert dict(mock_secrets) == {NAME: NEW}
    assert (after.id, after.description, after.metadata) == (
        before.id,
        before.description,
        before.metadata,
    )


def test_the_new_value_can_be_tried_while_the_old_one_is_in_use(mock_secrets: MockSecrets) -> None:
    seen: dict[str, str] = {}

    rotate(
        NAME, NEW, lambda name: seen.update({NAME: mock_secrets[NAME], name: mock_secrets[name]})
    )

    assert seen == {NAME: OLD, f"{NAME}_new": NEW}


def test_a_value_that_does_not_work(mock_secrets: MockSecrets) -> None:
    with pytest.raises(ConnectionError):
        rotate(NAME, NEW, fails)

    assert dict(mock_secrets) == {NAME: OLD}


@pytest.mark.parametrize("operation", ["create", "update"])
def test_a_request_that_fails_for_good(mock_secrets: MockSecrets, operation: str) -> None:
    mock_secrets.faults.add(operation, status=503, times=None)

    with pytest.raises(julep.InternalServerError):
        rotate(NAME, NEW, works)

    assert dict(mock_secrets) == {NAME: OLD}


@pytest.mark.parametrize("operation", ["create", "update", "delete", "list"])
@pytest.mark.parametrize("fault", [{"status": 503}, {"drop": "before"}, {"drop": "after"}], ids=str)
def test_a_request_that_fails_once(
    mock_secrets: MockSecrets, operation: str, fault: dict[str, Any]
) -> None:
    mock_secrets.faults.add(operation, **fault)

    rotate(NAME, NEW, works)

    assert dict(mock_secrets) == {NAME: NEW}


def test_what_could_not_be_deleted_is_gone_with_the_next_rotation(
    mock_secrets: MockSecrets,
) -> None:
    mock_secrets.faults.add("delete", status=503, times=6)  # as often as the SDK tries

    with pytest.raises(julep.InternalServerError):
        rotate(NAME, NEW, works)
    assert dict(mock_secrets) == {NAME: NEW, f"{NAME}_new": NEW}
    rotate(NAME, "sk-fake-newer-77c0", works)

    assert dict(mock_secrets) == {NAME: "sk-fake-newer-77c0"}


def test_there_has_to_be_one(mock_secrets: MockSecrets) -> None:
    with pytest.raises(LookupError):
        rotate("other_key", NEW, works)

    assert dict(mock_secrets) == {NAME: OLD}
