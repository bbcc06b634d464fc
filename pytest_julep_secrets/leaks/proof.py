"""The captures among what is to be looked into, and the proof that they see anything."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Final

from pytest_julep_secrets.errors import LeakError
from pytest_julep_secrets.leaks import canary, streams
from pytest_julep_secrets.leaks.blinding import Blinding

_SHOWN: Final = 3


def prove(sources: Sequence[object]) -> None:
    """Make sure that captures see anything now; what code has logged before is not known.

    Raises:
        LeakError: If one does not.
    """
    blinded: list[Blinding] = []
    for source in flat(sources):
        handler = log_handler(source)
        if handler is not None:
            lost = canary.try_root(handler)
            blinded += [lost] if lost else []
        elif streams.is_capture(source):
            blinded += streams.try_out(source)
    if blinded:
        raise LeakError(sentences(blinded))


def flat(sources: Sequence[object]) -> Iterator[object]:
    """Give what is to be looked into, also out of lists; what `readouterr` gave stays one."""
    for source in sources:
        if isinstance(source, list | tuple) and not hasattr(source, "out"):
            yield from flat(source)
        else:
            yield source


def log_handler(source: object) -> logging.Handler | None:
    """Return the handler behind `caplog`; None for anything else."""
    handler = getattr(source, "handler", None) if hasattr(source, "records") else None
    return handler if isinstance(handler, logging.Handler) else None


def sentences(blinded: Sequence[Blinding]) -> str:
    """Say what was wrong and what to do, of each blinding once."""
    distinct = list(dict.fromkeys(blinded))
    lines = [
        f"This leak check could not have seen a leak: {one.what}.\n{one.remedy}"
        for one in distinct[:_SHOWN]
    ]
    more = len(distinct) - _SHOWN
    return "\n".join([*lines, *([f"And {more} more like these."] if more > 0 else [])])
