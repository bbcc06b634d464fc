"""The same for the parts of the service that are async."""

from __future__ import annotations

from julep import AsyncJulep

from billing.keys import NAME


async def store_key(value: str) -> None:
    """Keep a first key. Raises `julep.ConflictError` if there is one."""
    async with AsyncJulep() as client:
        await client.secrets.create(name=NAME, value=value, metadata={"owner": "billing"})


async def rotate_key(value: str) -> None:
    """Replace the key. Raises LookupError if there is none."""
    async with AsyncJulep() as client:
        for secret in await client.secrets.list(limit=1000):
            if secret.name == NAME:
                await client.secrets.update(secret.id, name=NAME, value=value)
                return
    raise LookupError(NAME)


async def remove_key() -> None:
    """Delete the key, if there is one."""
    async with AsyncJulep() as client:
        for secret in await client.secrets.list(limit=1000):
            if secret.name == NAME:
                await client.secrets.delete(secret.id)
