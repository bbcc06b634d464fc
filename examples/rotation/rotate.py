"""A key is replaced: tried under a name of its own first, then put in place of the old one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import julep
from julep.types import Secret
from listing import every, find

PREFIX = "rotation_"
# What a rotation has not deleted itself after this time, it never will.
ABANDONED = timedelta(hours=1)

log = logging.getLogger(__name__)


def rotate(name: str, value: str, check: Callable[[str], object]) -> None:
    """Replace a secret's value once the new one is known to work.

    When it returns, the new value is in place. When it raises, the old one is, or the new one if
    only the answer was lost: revoke neither, and rotate again, with the same new value.

    Args:
        name: The secret.
        value: The new value.
        check: Is given the name that the new value has meanwhile; raises if it does not work. Has
            an hour for it.

    Raises:
        LookupError: If there is no such secret.
        julep.APIError: If Julep refuses, or cannot be reached.
    """
    client = julep.Julep()
    there = list(every(client))
    secret = next((one for one in there if one.name == name), None)
    if secret is None:
        raise LookupError(f"There is no secret '{name}'.")
    for one in filter(_is_abandoned, there):
        _delete(client, one.name)
    # Nobody else's, and short however long the name is.
    temporary = f"{PREFIX}{token_hex(8)}"
    try:
        _create(client, temporary, value, secret)
        check(temporary)
        # Description and metadata stay as they are, as they are left out.
        client.secrets.update(secret.id, name=name, value=value)
    finally:
        _delete(client, temporary)


def _create(client: julep.Julep, temporary: str, value: str, secret: Secret) -> None:
    description = f"What '{secret.name}' is going to be"
    mark = {"rotation_of": secret.id}
    try:
        client.secrets.create(name=temporary, value=value, description=description, metadata=mark)
    except julep.ConflictError:
        # Who else should have made it: it was us, and the reply was lost.
        if find(client, temporary) is None:
            raise


def _is_abandoned(secret: Secret) -> bool:
    marked = isinstance(secret.metadata, dict) and "rotation_of" in secret.metadata
    ours = marked and secret.name.startswith(PREFIX)
    return ours and datetime.now(UTC) - secret.created_at > ABANDONED


def _delete(client: julep.Julep, temporary: str) -> None:
    """Delete what a rotation needs no more. Should that fail, the rotation stands as it is."""
    try:
        # By its name, as the reply that had its id may be lost.
        secret = find(client, temporary)
        if secret is not None:
            client.secrets.delete(secret.id)
    except julep.NotFoundError:
        # It was deleted, and the reply was lost.
        return
    except Exception as error:  # noqa: BLE001 - it must not hide how the rotation has ended
        kind = type(error).__name__
        log.warning("'%s' could not be deleted (%s); a later rotation does it", temporary, kind)
