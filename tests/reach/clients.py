"""Every kind of client that code under test may build, and what each is made to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import httpx
import julep
import trio

NAME: Final = "matrix_key"


def never(request: httpx.Request) -> httpx.Response:
    """The handler of a client's own transport, which must not be asked."""
    raise AssertionError(request.url)


def exercise(client: julep.Julep) -> None:
    """Create, conflict, list, update and delete with a sync client."""
    made = client.secrets.create(name=NAME, value="sk-fake-1")
    try:
        client.secrets.create(name=NAME, value="sk-fake-2")
    except julep.ConflictError:
        pass
    else:
        raise AssertionError(NAME)
    assert [secret.id for secret in client.secrets.list()] == [made.id]
    assert client.secrets.update(made.id, name=NAME, value="sk-fake-3").id == made.id
    assert client.secrets.delete(made.id).id == made.id


async def exercise_async(client: julep.AsyncJulep) -> None:
    """The same with an async client."""
    made = await client.secrets.create(name=NAME, value="sk-fake-1")
    try:
        await client.secrets.create(name=NAME, value="sk-fake-2")
    except julep.ConflictError:
        pass
    else:
        raise AssertionError(NAME)
    assert [secret.id for secret in await client.secrets.list()] == [made.id]
    assert (await client.secrets.update(made.id, name=NAME, value="sk-fake-3")).id == made.id
    assert (await client.secrets.delete(made.id)).id == made.id


def _on_asyncio(client: julep.AsyncJulep) -> None:
    asyncio.run(exercise_async(client))


def _on_trio(client: julep.AsyncJulep) -> None:
    trio.run(exercise_async, client)


def _own_transport(**options: Any) -> julep.Julep:
    transport = httpx.MockTransport(never)
    return julep.Julep(http_client=httpx.Client(transport=transport), **options)


def _aiohttp(**options: Any) -> julep.AsyncJulep:
    return julep.AsyncJulep(http_client=julep.DefaultAioHttpClient(), **options)


@dataclass(frozen=True)
class Kind:
    """How a client is built, and how it is used."""

    name: str
    build: Callable[..., Any]
    use: Callable[[Any], None]


KINDS: Final = (
    Kind("Julep", julep.Julep, exercise),
    Kind("AsyncJulep on asyncio", julep.AsyncJulep, _on_asyncio),
    Kind("AsyncJulep on trio", julep.AsyncJulep, _on_trio),
    Kind("AsyncJulep with aiohttp", _aiohttp, _on_asyncio),
    Kind("a transport of its own", _own_transport, exercise),
)

# How the base is given: keyword arguments, and JULEP_BASE_URL.
BASES: Final[dict[str, tuple[dict[str, str], str | None]]] = {
    "default base": ({}, None),
    "environment production": ({"environment": "production"}, None),
    "environment dev": ({"environment": "dev"}, None),
    "environment local": ({"environment": "local"}, None),
    "environment local_multi_tenant": ({"environment": "local_multi_tenant"}, None),
    "base_url of an unknown host": ({"base_url": "https://julep.example.com"}, None),
    "base_url with a prefix": ({"base_url": "https://gateway.example.com/a/api"}, None),
    "JULEP_BASE_URL": ({}, "http://julep.internal:9000/v1"),
}
