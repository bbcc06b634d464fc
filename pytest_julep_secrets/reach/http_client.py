"""Requests of `http.client`, and so of urllib and requests, that are for a proxy to forward."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from pytest_julep_secrets.reach.patch import Undo, replace

Check = Callable[[str, int | None], None]


def patch(library: Any, check: Check) -> list[Undo]:
    """Ask `check` about the host that a proxy is to reach.

    Args:
        library: The module `http.client`.
        check: Called with a host, and a port or None; raises to refuse it.
    """
    connection = library.HTTPConnection
    return [
        replace(connection, "set_tunnel", partial(_set_tunnel, check)),
        replace(connection, "putrequest", partial(_putrequest, check)),
    ]


def _set_tunnel(check: Check, original: Any) -> Any:
    # What is to be https.
    def set_tunnel(self: Any, host: str, port: int | None = None, *args: Any, **kw: Any) -> Any:
        name, own_port = _place(f"//{host}")
        check(name, port or own_port)
        return original(self, host, port, *args, **kw)

    return set_tunnel


def _putrequest(check: Check, original: Any) -> Any:
    # What is to be http: a proxy is asked for a whole URL.
    def putrequest(self: Any, method: str, url: str | None, *args: Any, **kwargs: Any) -> Any:
        # Without a URL, the library asks for "/".
        if url and "://" in url[:8]:
            check(*_place(url))
        return original(self, method, url, *args, **kwargs)

    return putrequest


def _place(url: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        # The library says so itself.
        return "", None
    return parts.hostname or "", port
