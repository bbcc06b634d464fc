"""structlog without the standard library's logging: to which streams it has written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any, Final

_LOGGERS: Final = ("PrintLogger", "WriteLogger", "BytesLogger")


def install(told: Callable[[str, object], None]) -> Callable[[], None] | None:
    """Tell of every stream that structlog writes to, from now on.

    Returns:
        What ends it; None while nobody has imported structlog.
    """
    output: Any = sys.modules.get("structlog._output")
    if output is None:
        return None
    loggers = [getattr(output, name) for name in _LOGGERS if hasattr(output, name)]
    undo = [step for logger in loggers for step in _install(logger, output, told)]

    def uninstall() -> None:
        for step in undo:
            step()

    return uninstall


def _install(
    logger: Any, output: Any, told: Callable[[str, object], None]
) -> list[Callable[[], None]]:
    original = logger.msg

    def msg(self: Any, message: Any) -> None:
        # What was sys.stdout when structlog was imported stands for what it is by now.
        file = getattr(self, "_file", None)
        told("structlog", sys.stdout if file is getattr(output, "stdout", msg) else file)
        original(self, message)

    # One function, under the names of all levels.
    names = [name for name, function in vars(logger).items() if function is original]
    for name in names:
        setattr(logger, name, msg)
    return [partial(_put_back, logger, name, msg, original) for name in names]


def _put_back(logger: Any, name: str, ours: object, original: object) -> None:
    if getattr(logger, name) is ours:
        setattr(logger, name, original)
