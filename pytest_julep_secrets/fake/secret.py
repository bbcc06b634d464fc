"""One secret, as the database keeps it, and as the API shows it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pytest_julep_secrets.fake.rules import jsonb
from pytest_julep_secrets.fake.rules.replies import dumps


@dataclass(frozen=True, slots=True, eq=False)
class Secret:
    """One secret, with its real value. Never shows the value in its repr.

    Attributes:
        id: A UUIDv7, lower-case with hyphens.
        name: Unique per developer.
        value: The text to keep secret.
        description: Free text, or None.
        metadata: A JSON object, or None.
        created_at: Aware, in UTC.
        updated_at: Aware, in UTC.
    """

    id: str
    name: str
    value: str = field(repr=False)
    description: str | None = None
    metadata: dict[str, Any] | None = field(default=None, repr=False)
    created_at: datetime = field(kw_only=True)
    updated_at: datetime = field(kw_only=True)
    # The JSON the API shows for it, the value masked; None if the server cannot show it.
    # Kept, because lists are read far more often than secrets are written.
    shown: str | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shown", _show(self))

    # Written out: for a generated one pytest explains an inequality field by field, with the
    # values.
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return (self.id, self.updated_at, self.value, self.shown) == (
            other.id,
            other.updated_at,
            other.value,
            other.shown,
        )

    def __hash__(self) -> int:
        return hash((self.id, self.updated_at))

    def __deepcopy__(self, memo: dict[int, object]) -> Secret:
        return replace(self, metadata=deepcopy(self.metadata, memo))


def timestamp(moment: datetime) -> str:
    """Write a time as the API does: `2026-11-23T14:42:59.389361Z`, no fraction when it is 0."""
    return moment.isoformat().replace("+00:00", "Z")


def _show(secret: Secret) -> str | None:
    if secret.metadata is not None and jsonb.depth(secret.metadata) > jsonb.MAX_SHOWN:
        return None
    created = updated = timestamp(secret.created_at)
    if secret.updated_at is not secret.created_at:
        updated = timestamp(secret.updated_at)
    # The encoder costs more than all the rest, and mostly there is nothing to encode.
    metadata = "null" if secret.metadata is None else dumps(secret.metadata)
    description = "null" if secret.description is None else dumps(secret.description)
    return (
        f'{{"id":"{secret.id}","created_at":"{created}","updated_at":"{updated}",'
        f'"metadata":{metadata},"name":"{secret.name}","description":{description},'
        '"value":"ENCRYPTED"}'
    )
