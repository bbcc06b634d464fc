"""Name look-ups of this process: a guard is asked before each.

They are the functions through which Python resolves names. `socket.getaddrinfo` asks
`_socket.getaddrinfo`, and so do asyncio, trio, aiohttp and urllib; a socket that is told to
connect to a name looks it up itself.
"""

from __future__ import annotations

import _socket
import socket
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any, Final

from pytest_julep_secrets.reach.patch import Undo, replace

Check = Callable[[str, int | None], None]
Found = Callable[[str, Iterable[str]], None]

# Where each function can be called from. socket.getaddrinfo is a Python function that calls
# the one in _socket.
_LOOK_UPS: Final = (
    (_socket, "getaddrinfo"),
    (_socket, "gethostbyname"),
    (_socket, "gethostbyname_ex"),
    (_socket, "gethostbyaddr"),
    (socket, "gethostbyname"),
    (socket, "gethostbyname_ex"),
    (socket, "gethostbyaddr"),
)
# pytest-socket takes these back after its first test.
_SENDING: Final = ("connect", "connect_ex", "sendto")


def install(check: Check, found: Found) -> list[Undo]:
    """Ask `check` before each look-up, and tell `found` the addresses.

    Args:
        check: Called with a host, and a port or None; raises to refuse it.
        found: Called with the host and its addresses.

    Returns:
        What puts the original functions back, where ours still stand.
    """
    # One for each original: a pool of processes pickles it by the first place it stands in.
    look_up, send = cache(partial(_look_up, check, found)), partial(_send, check)
    return [
        *(replace(module, name, look_up) for module, name in _LOOK_UPS),
        *(replace(socket.socket, name, send) for name in _SENDING),
    ]


def text_of(host: Any) -> str:
    """Return a host as text: asyncio hands it over as bytes; None stands for this machine."""
    if isinstance(host, bytes | bytearray):
        return host.decode("ascii", "replace")
    if isinstance(host, str):
        # What is looked up is what it holds, not what a subclass such as an enum calls itself.
        return str.__str__(host)
    return "" if host is None else str(host)


def place_of(sock: Any, address: Any) -> tuple[str, int | None] | None:
    """Return the host and the port that a socket sends to; None if it has no such thing."""
    is_place = isinstance(address, tuple) and len(address) > 1
    if is_place and sock.family in (socket.AF_INET, socket.AF_INET6):
        return text_of(address[0]), address[1]
    return None


def _look_up(check: Check, found: Found, original: Any) -> Any:
    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = text_of(host)
        check(name, None)
        result = original(host, *args, **kwargs)
        found(name, _addresses(result))
        return result

    return look_up


def _addresses(result: Any) -> Iterable[str]:
    if isinstance(result, list):
        # getaddrinfo's: family, type, protocol, name, (address, port).
        return [address[0] for *_, address in result]
    # gethostbyname's is the address; the others give a name, its aliases, the addresses.
    return [result] if isinstance(result, str) else result[2]


def _send(check: Check, original: Any) -> Any:
    def send(self: Any, *args: Any) -> Any:
        place = place_of(self, args[-1] if args else None)
        if place is not None:
            check(*place)
        return original(self, *args)

    return send
