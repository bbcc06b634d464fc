"""Which loggers are asked to log, at which levels, also where they refuse."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Final, Protocol


class Told(Protocol):
    """Is told of an attempt, in the thread that makes it."""

    def __call__(self, logger: logging.Logger, level: int, *, enabled: bool) -> None:
        """Take it in.

        Args:
            logger: Which.
            level: As it is logged.
            enabled: Whether a record is made.
        """


# What stands between code and whoever is told.
_BETWEEN: Final = ("logging", "structlog", "pytest_julep_secrets")


def install(told: Told) -> Callable[[], None]:
    """Tell of every attempt from now on.

    Every way to log asks `Logger.isEnabledFor` first. A factory of records would not know of
    what is refused.

    Returns:
        What ends it, where ours still stands.
    """
    original = logging.Logger.isEnabledFor

    def isEnabledFor(self: logging.Logger, level: int) -> bool:  # noqa: N802 - as logging has it
        enabled = original(self, level)
        told(self, level, enabled=enabled)
        return enabled

    def uninstall() -> None:
        if logging.Logger.isEnabledFor is isEnabledFor:
            logging.Logger.isEnabledFor = original  # type: ignore[method-assign]

    logging.Logger.isEnabledFor = isEnabledFor  # type: ignore[method-assign]
    return uninstall


def caller() -> str:
    """Return the file of the code that logs, for whoever is told of it."""
    # Above the one who is told and isEnabledFor.
    frame = sys._getframe(3)  # noqa: SLF001 - inspect's own is slow
    while frame.f_back is not None:
        module: str = frame.f_globals.get("__name__", "")
        if module.partition(".")[0] not in _BETWEEN:
            break
        frame = frame.f_back
    return frame.f_code.co_filename
