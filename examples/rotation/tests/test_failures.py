"""A rotation may fail at any of its requests: nothing is lost, and nothing is left for long."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import julep
import pytest
from rotate import rotate

from pytest_julep_secrets import MockSecrets

NAME = "stripe_secret_key"
OLD = "sk-fake-old-1f9c27d4"
NEW = "sk-fake-new-8a3e55b0"

OPERATIONS = ["list", "create", "update", "delete"]
# What the SDK tries again, and what it does not.
PASSING: list[dict[str, Any]] = [
    {"status": 429},
    {"status": 500},
    {"status": 503},
    {"drop": "before"},
    {"drop": "during"},
    {"drop": "after"},
    {"delay_s": 1000},
]
FINAL: list[dict[str, Any]] = [
    {"status": 400},
    {"status": 403},
    {"status": 404},
    {"status": 409},
    {"body": "<html>Log in</html>"},
    {"body": '{"id": "06'},
    {"body": b""},
]

pytestmark = pytest.mark.julep_secrets({NAME: OLD})


def works(name: str) -> None:
    assert name != NAME


@pytest.mark.parametrize("fault", PASSING, ids=str)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_request_that_fails_once_is_not_noticed(
    mock_secrets: MockSecrets, operation: str, fault: dict[str, Any]
) -> None:
    mock_secrets.faults.add(operation, **fault)

    rotate(NAME, NEW, works)

    assert dict(mock_secrets) == {NAME: NEW}


@pytest.mark.parametrize("fault", [*PASSING, *FINAL], ids=str)
@pytest.mark.parametrize("operation", ["list", "create", "update"])
def test_when_one_fails_for_good_the_next_rotation_completes_it(
    mock_secrets: MockSecrets, operation: str, fault: dict[str, Any]
) -> None:
    mock_secrets.faults.add(operation, times=None, **fault)

    try:
        rotate(NAME, NEW, works)
    except Exception:  # noqa: BLE001 - whatever it is
        assert mock_secrets[NAME] in {OLD, NEW}
    else:
        assert mock_secrets[NAME] == NEW
    assert set(mock_secrets) == {NAME}
    mock_secrets.faults.clear()
    rotate(NAME, NEW, works)

    assert dict(mock_secrets) == {NAME: NEW}


@pytest.mark.parametrize("fault", [*PASSING, *FINAL], ids=str)
def test_what_cannot_be_deleted_is_left_to_a_later_rotation(
    mock_secrets: MockSecrets, fault: dict[str, Any]
) -> None:
    mock_secrets.clock.advance(timedelta(hours=-2))
    mock_secrets.faults.add("delete", times=None, **fault)

    rotate(NAME, NEW, works)

    assert mock_secrets[NAME] == NEW
    mock_secrets.faults.clear()
    mock_secrets.clock.advance(timedelta(hours=2))
    rotate(NAME, "sk-fake-newer-77c0", works)
    assert dict(mock_secrets) == {NAME: "sk-fake-newer-77c0"}


def test_it_is_told_what_is_left(
    mock_secrets: MockSecrets, caplog: pytest.LogCaptureFixture
) -> None:
    mock_secrets.faults.add("delete", status=403)

    rotate(NAME, NEW, works)

    (left,) = set(mock_secrets) - {NAME}
    assert caplog.record_tuples == [
        (
            "rotate",
            logging.WARNING,
            f"'{left}' could not be deleted (PermissionDeniedError); a later rotation does it",
        )
    ]


def test_what_was_deleted_and_nobody_was_told_is_not_left(
    mock_secrets: MockSecrets, caplog: pytest.LogCaptureFixture
) -> None:
    mock_secrets.faults.add("delete", drop="after")

    rotate(NAME, NEW, works)

    assert caplog.record_tuples == []


def test_what_was_not_created_is_not_tried(mock_secrets: MockSecrets) -> None:
    tried: list[str] = []
    mock_secrets.faults.add("create", status=409, times=None)

    with pytest.raises(julep.ConflictError):
        rotate(NAME, NEW, tried.append)

    assert tried == []


def test_no_others_are_deleted_however_old(mock_secrets: MockSecrets) -> None:
    mock_secrets.clock.advance(timedelta(days=-1))
    mock_secrets.create(name="rotation_key", value="fake-of-others-5e21", metadata={"a": 1})
    mock_secrets.create(name="b_key", value="fake-of-others-9b7f", metadata={"rotation_of": "c"})
    mock_secrets.create(name="c_key", value="fake-of-others-04d1")
    mock_secrets.clock.advance(timedelta(days=1))

    rotate(NAME, NEW, works)

    assert set(mock_secrets) == {NAME, "rotation_key", "b_key", "c_key"}


def test_what_may_be_in_use_is_not_deleted(mock_secrets: MockSecrets) -> None:
    mock_secrets.clock.advance(timedelta(minutes=-59))
    mock_secrets.faults.add("delete", status=403)
    rotate(NAME, NEW, works)
    mock_secrets.clock.advance(timedelta(minutes=59))

    rotate(NAME, NEW, works)

    assert len(mock_secrets) == 2


def test_what_has_failed_is_raised_although_nothing_can_be_deleted(
    mock_secrets: MockSecrets,
) -> None:
    mock_secrets.faults.add("update", status=503, times=None)
    mock_secrets.faults.add("delete", status=403)

    with pytest.raises(julep.InternalServerError):
        rotate(NAME, NEW, works)

    assert mock_secrets[NAME] == OLD


def test_an_interrupted_one_is_cleaned_up(mock_secrets: MockSecrets) -> None:
    def interrupted(name: str) -> None:
        raise KeyboardInterrupt(name)

    with pytest.raises(KeyboardInterrupt):
        rotate(NAME, NEW, interrupted)

    assert dict(mock_secrets) == {NAME: OLD}
