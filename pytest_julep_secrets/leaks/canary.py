"""Whether a record would reach a handler: told from how logging is set, and tried with a canary.

A canary is a record that goes through a logger's filters and up to the handlers, and no handler
emits it.
"""

from __future__ import annotations

import logging
import threading
from typing import Final

from pytest_julep_secrets.leaks import blinding
from pytest_julep_secrets.leaks.blinding import Blinding

_TEXT: Final = "A canary of pytest-julep-secrets, which nothing emits."


def why_refused(logger: logging.Logger, level: int) -> Blinding:
    """Tell why a logger makes no record of a level; ask only where it does not."""
    if logger.disabled:
        return blinding.disabled(logger.name, level)
    if logger.manager.disable >= level:
        return blinding.switched_off(logger.name, level, logger.manager.disable)
    holder: logging.Logger | None = logger
    while holder is not None and holder.parent is not None and not holder.level:
        holder = holder.parent
    holder = holder or logger
    return blinding.below(logger.name, level, holder.name, holder.level)


def why_lost(logger: logging.Logger, level: int, handler: logging.Handler) -> Blinding | None:
    """Tell why a record would not come to a handler; None if it would.

    Filters are not asked, as they may do anything.
    """
    holder: logging.Logger = logger
    while handler not in holder.handlers:
        if holder.parent is None:
            return blinding.taken_away(logger.name, level)
        if not holder.propagate:
            return blinding.kept_apart(logger.name, level, holder.name)
        holder = holder.parent
    if level < handler.level:
        return blinding.below_handler(logger.name, level, handler.level)
    return None


def try_out(logger: logging.Logger, level: int, handler: logging.Handler) -> Blinding | None:
    """Send a canary to a handler; tell why it did not arrive, or None if it did.

    For a logger that has made records: what kept it from making more is not asked.
    """
    lost = why_lost(logger, level, handler)
    if lost is not None:
        return lost
    if logger.disabled or not all(map(_is_plain, _handlers(logger))):
        return None
    return None if _arrives(logger, level, handler) else blinding.filtered(logger.name, level)


def try_root(handler: logging.Handler) -> Blinding | None:
    """Send the most urgent canary through the root logger: if it is lost, everything is."""
    root, level = logging.getLogger(), logging.CRITICAL
    if not root.isEnabledFor(level):
        return why_refused(root, level)
    return try_out(root, level, handler)


def _handlers(logger: logging.Logger) -> list[logging.Handler]:
    found: list[logging.Handler] = []
    holder: logging.Logger | None = logger
    while holder is not None:
        found += holder.handlers
        holder = holder.parent if holder.propagate else None
    return found


def _is_plain(handler: logging.Handler) -> bool:
    # Anything else, a mock for one, would take the canary for a record.
    ours = (logging.Handler.handle, logging.NullHandler.handle)
    return "handle" not in vars(handler) and getattr(type(handler), "handle", None) in ours


def _arrives(logger: logging.Logger, level: int, handler: logging.Handler) -> bool:
    original = logging.Handler.handle
    arrived: list[bool] = []
    thread = threading.get_ident()

    def handle(self: logging.Handler, record: logging.LogRecord) -> bool:
        if threading.get_ident() != thread:
            return bool(original(self, record))
        # By the thread, as a filter may put another record in a canary's place.
        if self is handler:
            arrived.append(bool(self.filter(record)))
        return True

    try:
        logging.Handler.handle = handle  # type: ignore[method-assign]
        logger.handle(logger.makeRecord(logger.name, level, __file__, 0, _TEXT, (), None))
    except Exception:  # noqa: BLE001 - a filter that knows only records of its own
        return True
    finally:
        logging.Handler.handle = original  # type: ignore[method-assign]
    return any(arrived)
