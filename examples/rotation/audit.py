"""Which secrets have not been rotated for long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import julep


def overdue(days: int = 90) -> list[str]:
    """Name the secrets whose values are older; `rotation_days` in a secret's metadata is nearer."""
    now = datetime.now(UTC)  # with a time zone, as the API's times have one
    return [
        secret.name
        for secret in julep.Julep().secrets.list(limit=1000)
        if now - secret.updated_at > timedelta(days=_days(secret.metadata, days))
    ]


def _days(metadata: object, days: int) -> int:
    own = metadata.get("rotation_days") if isinstance(metadata, dict) else None
    return own if isinstance(own, int) else days
