"""loguru: to which streams it has written. It is asked only where code has imported it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def install(told: Callable[[str, object], None]) -> Callable[[], None] | None:
    """Tell of every stream that loguru writes to, from now on.

    Returns:
        What ends it; None while nobody has imported loguru, or it is not what it was.
    """
    # Private to loguru (0.5 to 0.7). A sink of our own would change its levels for its users.
    sink = getattr(sys.modules.get("loguru._simple_sinks"), "StreamSink", None)
    original = getattr(sink, "write", None)
    if sink is None or original is None:
        return None

    def write(self: Any, message: Any) -> None:
        told("loguru", getattr(self, "_stream", None))
        original(self, message)

    def uninstall() -> None:
        if sink.write is write:
            sink.write = original

    sink.write = write
    return uninstall
