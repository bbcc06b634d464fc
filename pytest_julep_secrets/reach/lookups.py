"""Name look-ups of this process, refused for the hosts that a guard names.

The three functions through which Python resolves names: `socket.getaddrinfo` asks
`_socket.getaddrinfo`, and so do asyncio, trio, aiohttp and urllib.
"""

from __future__ import annotations

import _socket
import socket
from collections.abc import Callable
from typing import Any, Final

# Where each function can be called from. socket.getaddrinfo is a Python function that calls
# the one in _socket.
_PLACES: Final = (
    (_socket, "getaddrinfo"),
    (_socket, "gethostbyname"),
    (_socket, "gethostbyname_ex"),
    (socket, "gethostbyname"),
    (socket, "gethostbyname_ex"),
)


def install(check: Callable[[str], None]) -> Callable[[], None]:
    """Ask `check` before each look-up; it raises to refuse the host.

    Returns:
        What puts the original functions back, where ours still stand.
    """
    undo = [_install(module, name, check) for module, name in _PLACES]

    def uninstall() -> None:
        for step in undo:
            step()

    return uninstall


def _install(module: Any, name: str, check: Callable[[str], None]) -> Callable[[], None]:
    original = getattr(module, name)

    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        # asyncio hands the name over as bytes; None stands for this machine.
        check(host.decode("ascii", "replace") if isinstance(host, bytes) else str(host))
        return original(host, *args, **kwargs)

    def uninstall() -> None:
        if getattr(module, name) is guarded:
            setattr(module, name, original)

    setattr(module, name, guarded)
    return uninstall
