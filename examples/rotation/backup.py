"""A backup that is of no use without its key.

Values come from where they are made, as the API shows none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from cryptography.fernet import Fernet


def write(path: Path, values: Mapping[str, str], key: bytes) -> None:
    """Write names and values, encrypted; whatever fails, there is the old file or the new one."""
    encrypted = Fernet(key).encrypt(json.dumps(dict(values)).encode())
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(encrypted)
    new.replace(path)


def read(path: Path, key: bytes) -> dict[str, str]:
    """Read them back.

    Raises:
        cryptography.fernet.InvalidToken: If the key is another, or the file was changed.
    """
    return dict(json.loads(Fernet(key).decrypt(path.read_bytes())))
