from __future__ import annotations

import julep
import pytest
from billing import keys

from pytest_julep_secrets import MockSecrets

OLD = "sk-fake-old-1f9c27d4"
NEW = "sk-fake-new-8a3e55b0"


def test_a_stored_key_says_who_owns_it(mock_secrets: MockSecrets) -> None:
    keys.store_key(OLD)

    assert mock_secrets[keys.NAME] == OLD
    assert mock_secrets.get(name=keys.NAME).metadata == {"owner": "billing"}


@pytest.mark.julep_secrets({keys.NAME: OLD})
def test_rotation_replaces_the_key_in_place(mock_secrets: MockSecrets) -> None:
    before = mock_secrets.get(name=keys.NAME)

    keys.rotate_key(NEW)

    assert mock_secrets[keys.NAME] == NEW
    assert mock_secrets.get(name=keys.NAME).id == before.id


@pytest.mark.julep_secrets({keys.NAME: OLD, "other": "sk-fake-other"})
def test_removal_leaves_other_secrets_alone(mock_secrets: MockSecrets) -> None:
    keys.remove_key()

    assert list(mock_secrets) == ["other"]


@pytest.mark.julep_secrets({keys.NAME: OLD})
def test_a_second_first_key_is_refused(mock_secrets: MockSecrets) -> None:
    with pytest.raises(julep.ConflictError):
        keys.store_key(NEW)

    assert mock_secrets[keys.NAME] == OLD
    # The SDK tries a conflict six times; against the fake it does not sleep in between.
    assert len(mock_secrets.calls.matching(operation="create")) == 6


def test_there_has_to_be_a_key_to_rotate(mock_secrets: MockSecrets) -> None:
    with pytest.raises(LookupError):
        keys.rotate_key(NEW)

    assert [call.operation for call in mock_secrets.calls] == ["list"]
