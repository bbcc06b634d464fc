from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import backup
import pytest
from cryptography.fernet import Fernet, InvalidToken

from pytest_julep_secrets import LeakError, MockSecrets, assert_no_leaks

VALUES = {"stripe_secret_key": "sk-fake-old-1f9c27d4", "database_password": "fake-8a3e55b0-zq"}


@pytest.mark.julep_secrets(VALUES)
def test_no_value_can_be_read_in_it(mock_secrets: MockSecrets, tmp_path: Path) -> None:
    path, key = tmp_path / "secrets.backup", Fernet.generate_key()

    backup.write(path, dict(mock_secrets), key)

    assert_no_leaks(path.read_bytes(), secrets=VALUES)
    assert backup.read(path, key) == VALUES
    with pytest.raises(InvalidToken):
        backup.read(path, Fernet.generate_key())


@pytest.mark.parametrize("encode", [bytes, base64.b64encode, bytes.hex])
def test_one_that_is_not_encrypted_would_be_noticed(
    encode: Callable[[bytes], bytes | str],
) -> None:
    with pytest.raises(LeakError):
        assert_no_leaks(encode(json.dumps(VALUES).encode()), secrets=VALUES)


def test_one_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    path, key = tmp_path / "secrets.backup", Fernet.generate_key()
    backup.write(path, VALUES, key)
    (tmp_path / "secrets.backup.new").mkdir()

    with pytest.raises(OSError, match=r"secrets\.backup\.new"):
        backup.write(path, {}, key)

    assert backup.read(path, key) == VALUES
