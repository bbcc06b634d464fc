"""The ways from this process to the network, and the guard that is asked about each.

Process-wide on purpose: threads that outlive their test, and whatever is imported when, are
covered too. Of several guards, as there are when pytest tests pytest, the innermost is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from pytest_julep_secrets.reach import imports, lookups

if TYPE_CHECKING:
    from pytest_julep_secrets.guards.hosts import Hosts

# Libraries whose requests a proxy may look up, or code that is not Python's; and our module
# about each. They are patched once they are imported.
_LIBRARIES: Final = {
    "httpx": "httpx",
    "httpx2": "httpx",
    "http.client": "http_client",
    "aiohttp": "aiohttp",
    # Not for the guard: for what it does when a fault drops a connection.
    "julep._base_client": "julep",
}


# Each gives its guard, which is made when it is first asked. The innermost last.
_guards: Final[list[Callable[[], Hosts]]] = []
_undo: Final[list[Callable[[], None]]] = []


def begin(guard: Callable[[], Hosts], by_address: bool = False) -> None:
    """Let a guard be asked until it is ended, or another one begins.

    Args:
        guard: Gives it.
        by_address: Whether it has to be asked about connections by address, too.
    """
    if not _guards:
        _install()
    _guards.append(guard)
    if by_address:
        _ours("audit").begin(check)


def end(guard: Callable[[], Hosts], by_address: bool = False) -> None:
    """End what `begin` began; with the last one, nothing is patched any more."""
    _guards.remove(guard)
    if by_address:
        _ours("audit").end(check)
    if not _guards:
        _uninstall()


def check(host: str, port: int | None = None, request: str = "") -> None:
    """Ask the innermost guard.

    Args:
        host: A name or an address.
        port: None if it is not known yet.
        request: What to call it; "" if there is no more to say than the host.
    """
    if _guards:
        _guards[-1]().check(host, port, request)


def _found(host: str, addresses: Iterable[str]) -> None:
    if _guards:
        _guards[-1]().found(host, addresses)


def _install() -> None:
    _undo.extend(lookups.install(check, _found))
    _undo.append(imports.after(_LIBRARIES, _patch))


def _uninstall() -> None:
    while _undo:
        _undo.pop()()


def _patch(library: Any) -> None:
    _undo.extend(_ours(_LIBRARIES[library.__name__]).patch(library, check))


def _ours(name: str) -> Any:
    # When it is wanted: every run of pytest loads this module.
    return import_module(f"{__package__}.{name}")
