"""Which secrets have not been rotated for long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import julep
from listing import every


def overdue(days: float = 90) -> list[str]:
    """Name the secrets that were changed longer ago; `rotation_days` in the metadata is nearer.

    Julep does not tell when a value was changed: a new description makes a secret young, too.
    """
    now = datetime.now(UTC)  # with a time zone, as the API's times have one
    return [
        secret.name
        for secret in every(julep.Julep())
        if now - secret.updated_at > timedelta(days=_days(secret.metadata, days))
    ]


def _days(metadata: object, days: float) -> float:
    if not isinstance(metadata, dict) or "rotation_days" not in metadata:
        return days
    own = metadata["rotation_days"]
    # Who has meant to say something, and has not, is to hear of it.
    return own if isinstance(own, int | float) and not isinstance(own, bool) else 0
