from __future__ import annotations

from datetime import timedelta

import pytest
from audit import overdue

from pytest_julep_secrets import MockSecrets


def test_what_is_older_than_90_days_is_named(mock_secrets: MockSecrets) -> None:
    for name, days in {"old_key": 91, "new_key": 89}.items():
        mock_secrets.clock.advance(timedelta(days=-days))
        mock_secrets.create(name=name, value=f"fake-{days}-1f9c27d4")
        mock_secrets.clock.advance(timedelta(days=days))

    assert overdue() == ["old_key"]


def test_a_rotated_secret_is_young_again(mock_secrets: MockSecrets) -> None:
    mock_secrets.clock.advance(timedelta(days=-91))
    mock_secrets.create(name="stripe_secret_key", value="sk-fake-old-1f9c27d4")
    mock_secrets.clock.advance(timedelta(days=91))

    mock_secrets.update(name="stripe_secret_key", value="sk-fake-new-8a3e55b0")

    assert overdue() == []


def test_a_secret_may_say_how_often(mock_secrets: MockSecrets) -> None:
    mock_secrets.clock.advance(timedelta(days=-31))
    for name, days in {"a_key": 30, "b_key": 30.5, "c_key": 365}.items():
        mock_secrets.create(name=name, value=f"fake-{name}-27", metadata={"rotation_days": days})
    mock_secrets.clock.advance(timedelta(days=31))

    assert overdue() == ["b_key", "a_key"]


@pytest.mark.parametrize("days", ["30", None, True, [30]], ids=str)
def test_one_that_says_it_badly_is_named(mock_secrets: MockSecrets, days: object) -> None:
    mock_secrets.create(name="a_key", value="fake-1f9c27d4", metadata={"rotation_days": days})

    assert overdue() == ["a_key"]


def test_1001_secrets(mock_secrets: MockSecrets) -> None:
    mock_secrets.clock.advance(timedelta(days=-91))
    mock_secrets.create(name="old_key", value="fake-old-1f9c27d4")
    mock_secrets.clock.advance(timedelta(days=91))
    for number in range(1000):
        mock_secrets.create(name=f"newer_{number}", value=f"fake-newer-{number}")

    assert overdue() == ["old_key"]
