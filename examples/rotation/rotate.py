"""A key is replaced: tried under a name of its own first, then put in place of the old one."""

from __future__ import annotations

from collections.abc import Callable

import julep
from julep.types import Secret


def rotate(name: str, value: str, check: Callable[[str], object]) -> None:
    """Replace a secret's value once the new one is known to work.

    Whatever fails, the secret has its old value or the new one, never none. What an interrupted
    rotation has left is used by the next.

    Args:
        name: The secret.
        value: The new value.
        check: Is given the name that the new value has meanwhile; raises if it does not work.

    Raises:
        LookupError: If there is no such secret.
    """
    client = julep.Julep()
    secret = find(client, name)
    if secret is None:
        raise LookupError(f"There is no secret '{name}'.")
    temporary = _store(client, f"{name}_new", value)
    try:
        check(f"{name}_new")
        # All of it: what is left out of an update is lost.
        client.secrets.update(
            secret.id,
            name=name,
            value=value,
            description=secret.description,
            metadata=secret.metadata,
        )
    finally:
        _delete(client, temporary)


def find(client: julep.Julep, name: str) -> Secret | None:
    """Return a secret; the API has no look-up by name."""
    return next((one for one in client.secrets.list(limit=1000) if one.name == name), None)


def _store(client: julep.Julep, name: str, value: str) -> str:
    try:
        return client.secrets.create(name=name, value=value).id
    except julep.ConflictError:
        # Left by an earlier rotation; or made just now, and the reply was lost.
        left = find(client, name)
        if left is None:
            raise
        client.secrets.update(left.id, name=name, value=value)
        return left.id


def _delete(client: julep.Julep, id_: str) -> None:
    try:
        client.secrets.delete(id_)
    except julep.NotFoundError:
        # Deleted, and the reply was lost.
        return
