"""A rotation keeps all else as it was, and is tried out before it counts."""

from __future__ import annotations

import re

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
    assert re.fullmatch("rotation_[0-9a-f]{16}", name)


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


def test_what_others_write_meanwhile_is_kept(mock_secrets: MockSecrets) -> None:
    rotate(NAME, NEW, lambda _: mock_secrets.update(name=NAME, metadata={"owner": "orders"}))

    assert mock_secrets.get(name=NAME).metadata == {"owner": "orders"}


def test_the_new_value_can_be_tried_while_the_old_one_is_in_use(mock_secrets: MockSecrets) -> None:
    seen: list[tuple[str, str]] = []

    rotate(NAME, NEW, lambda name: seen.append((mock_secrets[NAME], mock_secrets[name])))

    assert seen == [(OLD, NEW)]


def test_a_value_that_does_not_work(mock_secrets: MockSecrets) -> None:
    with pytest.raises(ConnectionError):
        rotate(NAME, NEW, fails)

    assert dict(mock_secrets) == {NAME: OLD}


def test_one_that_begins_while_another_is_under_way(mock_secrets: MockSecrets) -> None:
    tried: list[str] = []

    def first(name: str) -> None:
        rotate(NAME, "sk-fake-other-77c0", second)
        tried.append(mock_secrets[name])

    def second(name: str) -> None:
        tried.append(mock_secrets[name])

    rotate(NAME, NEW, first)

    # Each has tried its own, and the one that ends last is in place.
    assert tried == ["sk-fake-other-77c0", NEW]
    assert dict(mock_secrets) == {NAME: NEW}


def test_there_has_to_be_one(mock_secrets: MockSecrets) -> None:
    with pytest.raises(LookupError):
        rotate("other_key", NEW, works)

    assert dict(mock_secrets) == {NAME: OLD}


def test_one_that_was_deleted_meanwhile_is_not_made_again(mock_secrets: MockSecrets) -> None:
    with pytest.raises(Exception, match="No secret found"):
        rotate(NAME, NEW, lambda _: mock_secrets.delete(name=NAME))

    assert dict(mock_secrets) == {}


def test_one_behind_1000_others(mock_secrets: MockSecrets) -> None:
    others = {f"newer_{number}": f"fake-newer-{number}" for number in range(1000)}
    for name, value in others.items():
        mock_secrets.create(name=name, value=value)

    rotate(NAME, NEW, works)

    assert dict(mock_secrets) == {NAME: NEW, **others}


@pytest.mark.parametrize("length", [255, 2676])
def test_a_name_as_long_as_can_be(mock_secrets: MockSecrets, length: int) -> None:
    # No two parts alike, or Julep could compress it, and would take more.
    digits = "".join(f"{number:x}" for number in range(4096, 8192))
    name = f"k{digits}"[:length]
    mock_secrets.create(name=name, value=OLD)

    rotate(name, NEW, works)

    assert mock_secrets[name] == NEW


def test_a_secret_that_is_called_alike_is_not_touched(mock_secrets: MockSecrets) -> None:
    others = {f"{NAME}_new": "fake-of-others-5e21", "rotation_0": "fake-of-others-9b7f"}
    for name, value in others.items():
        mock_secrets.create(name=name, value=value)

    rotate(NAME, NEW, works)

    assert dict(mock_secrets) == {NAME: NEW, **others}
