"""A backup that is of no use without its key.

Values come from where they are made, as the API shows none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from cryptography.fernet import Fernet


def write(path: Path, values: Mapping[str, str], key: bytes) -> None:
    """Write names and values, encrypted."""
    path.write_bytes(Fernet(key).encrypt(json.dumps(dict(values)).encode()))


def read(path: Path, key: bytes) -> dict[str, str]:
    """Read them back.

    Raises:
        cryptography.fernet.InvalidToken: If the key is another, or the file was changed.
    """
    return dict(json.loads(Fernet(key).decrypt(path.read_bytes())))
