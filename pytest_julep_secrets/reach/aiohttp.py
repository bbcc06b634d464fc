"""Requests of aiohttp's clients, seen where a connection for them is looked for.

Its mocks take a request before that. A connector with a resolver of the user's leads hosts to
where the user wants them, so there the look-ups are what counts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from pytest_julep_secrets.guards.hosts import describe
from pytest_julep_secrets.reach.patch import Undo, replace

Check = Callable[[str, int | None, str], None]


def patch(library: Any, check: Check) -> list[Undo]:
    """Ask `check` about the host of each request.

    Args:
        library: The module `aiohttp`.
        check: Called with a host, a port and a description; raises to refuse it.
    """
    return [replace(library.BaseConnector, "connect", partial(_connect, check))]


def _connect(check: Check, original: Any) -> Any:
    async def connect(self: Any, req: Any, *args: Any, **kwargs: Any) -> Any:
        if req.proxy is not None or _looks_up(self):
            url = req.url
            place = url.host if url.explicit_port is None else f"{url.host}:{url.port}"
            check(url.host, url.port, describe(req.method, url.scheme, place, url.path))
        return await original(self, req, *args, **kwargs)

    return connect


def _looks_up(connector: Any) -> bool:
    """Tell whether it looks names up by itself, which aiohttp may do in C."""
    resolver = getattr(connector, "_resolver", None)
    return type(resolver).__module__.startswith("aiohttp.")
