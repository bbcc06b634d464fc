"""The Stripe key: stored, rotated and removed with the Julep SDK."""

from __future__ import annotations

from julep import Julep
from julep.types import Secret

NAME = "stripe_api_key"


def store_key(value: str) -> None:
    """Keep a first key. Raises `julep.ConflictError` if there is one."""
    Julep().secrets.create(name=NAME, value=value, metadata={"owner": "billing"})


def rotate_key(value: str) -> None:
    """Replace the key. Raises LookupError if there is none."""
    client = Julep()
    client.secrets.update(_find(client).id, name=NAME, value=value)


def remove_key() -> None:
    """Delete the key. Raises LookupError if there is none."""
    client = Julep()
    client.secrets.delete(_find(client).id)


def _find(client: Julep) -> Secret:
    # The API has no look-up by name.
    for secret in client.secrets.list(limit=1000):
        if secret.name == NAME:
            return secret
    raise LookupError(NAME)
