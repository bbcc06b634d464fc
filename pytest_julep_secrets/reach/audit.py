"""Connections and datagrams of this process by CPython's audit events, raw sockets included.

An audit hook can never be taken away again. So there is one in a process, which asks whoever
wants to be asked, or does nothing; it costs something at every event of any kind, which is why
it is there only if somebody wants it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Final

from pytest_julep_secrets.reach.lookups import place_of, text_of

Place = tuple[str, int | None]
Ask = Callable[[str, int | None], None]

# Kept where a run of pytest inside of a test cannot lose it with the modules it has loaded.
_ASKED: Final = "_julep_secrets_asked"


def begin(ask: Ask) -> None:
    """Ask about each host, with its port or None, that something is sent to or looked up."""
    asked: list[Ask] | None = getattr(sys, _ASKED, None)
    if asked is None:
        asked = []
        setattr(sys, _ASKED, asked)
        sys.addaudithook(_hook(asked))
    asked.append(ask)


def end(ask: Ask) -> None:
    """End what `begin` began."""
    getattr(sys, _ASKED).remove(ask)


def _of_look_up(host: Any, *_: Any) -> Place:
    return text_of(host), None


def _of_address(address: Any) -> Place:
    return text_of(address[0]), None


_READERS: Final[dict[str, Callable[..., Place | None]]] = {
    "socket.connect": place_of,
    "socket.sendto": place_of,
    "socket.sendmsg": place_of,
    "socket.getaddrinfo": _of_look_up,
    "socket.gethostbyname": _of_look_up,
    "socket.gethostbyaddr": _of_look_up,
    "socket.getnameinfo": _of_address,
}


def _hook(asked: list[Ask]) -> Callable[[str, tuple[Any, ...]], None]:
    # Its own names: those of the module may be gone when the interpreter ends.
    readers = _READERS

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if asked and event in readers:
            place = readers[event](*args)
            if place is not None:
                asked[-1](*place)

    return hook
