"""What the API answers, said in the simplest way: a list of secrets, the oldest first.

Nothing here is the fake's: both would have the same mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_UNKNOWN: Final = 404


@dataclass
class Model:
    """The secrets that there should be.

    Attributes:
        secrets: As the list shows them, the oldest first.
    """

    secrets: list[dict[str, Any]] = field(default_factory=list)

    def create(self, given: dict[str, Any]) -> tuple[int, dict[str, Any] | None]:
        """Return the status of a create, and what is shown but for id and times."""
        status = self._judge(given["name"], None)
        if status:
            return status, None
        return 201, {
            "metadata": stored(given.get("metadata")),
            "name": without_nul(given["name"]),
            "description": without_nul(given.get("description")),
            "value": "ENCRYPTED",
        }

    def update(self, secret_id: str, given: dict[str, Any]) -> tuple[int, dict[str, Any] | None]:
        """Return the status of an update, and what is shown but for the time of it."""
        old = self.find(secret_id)
        status = _UNKNOWN if old is None else self._judge(given["name"], secret_id)
        if old is None or status:
            return status, None
        changes = {
            "metadata": stored(given.get("metadata")),
            "name": without_nul(given["name"]),
            "description": without_nul(given.get("description")),
        }
        return 200, old | {key: value for key, value in changes.items() if value is not None}

    def delete(self, secret_id: str) -> int:
        """Return the status of a delete, and forget the secret."""
        old = self.find(secret_id)
        if old is None:
            return _UNKNOWN
        self.secrets.remove(old)
        return 202

    def put(self, shown: dict[str, Any]) -> None:
        """Keep a secret as it is shown, in the place that it has."""
        old = self.find(shown["id"])
        if old is None:
            self.secrets.append(shown)
        else:
            self.secrets[self.secrets.index(old)] = shown

    def find(self, secret_id: str) -> dict[str, Any] | None:
        """Return a secret by its id."""
        return next((secret for secret in self.secrets if secret["id"] == secret_id), None)

    def _judge(self, name: str, secret_id: str | None) -> int:
        name = name.replace("\0", "")
        if not _NAME.match(name):
            return 400
        taken = [one["id"] for one in self.secrets if one["name"] == name]
        return 409 if taken and taken != [secret_id] else 0


def without_nul(text: str | None) -> str | None:
    """Return a text as it is stored."""
    return None if text is None else text.replace("\0", "")


def stored(value: Any) -> Any:
    """Return metadata as it is stored: texts without NUL, keys in the order of their bytes."""
    if isinstance(value, str):
        return without_nul(value)
    if isinstance(value, list):
        return [stored(one) for one in value]
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
        return {key: stored(value[key]) for key in keys}
    return value
