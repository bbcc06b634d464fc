from __future__ import annotations

import base64
import json
from pathlib import Path

import backup
import pytest
from cryptography.fernet import Fernet, InvalidToken

from pytest_julep_secrets import LeakError, MockSecrets, SecretLeaks

VALUES = {"stripe_secret_key": "sk-fake-old-1f9c27d4", "database_password": "fake-8a3e55b0-zq"}


@pytest.mark.julep_secrets(VALUES)
def test_no_value_can_be_read_in_it(
    mock_secrets: MockSecrets, secret_leaks: SecretLeaks, tmp_path: Path
) -> None:
    path, key = tmp_path / "secrets.backup", Fernet.generate_key()

    backup.write(path, dict(mock_secrets), key)

    secret_leaks.assert_none(path.read_bytes())
    assert backup.read(path, key) == VALUES
    with pytest.raises(InvalidToken):
        backup.read(path, Fernet.generate_key())


@pytest.mark.julep_secrets(VALUES)
def test_one_that_is_only_encoded_would_be_noticed(
    mock_secrets: MockSecrets, secret_leaks: SecretLeaks
) -> None:
    encoded = base64.b64encode(json.dumps(dict(mock_secrets)).encode())

    with pytest.raises(LeakError, match="base64"):
        secret_leaks.assert_none(encoded)
