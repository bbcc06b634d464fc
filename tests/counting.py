"""Executed lines, counted: what something costs, without a clock."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


@contextmanager
def tracing(trace: Callable[[FrameType, str, Any], Any]) -> Iterator[None]:
    """Trace this thread for a while."""
    # A debugger's or a coverage tool's own comes back afterwards.
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


@contextmanager
def at_each_line(do: Callable[[], object]) -> Iterator[None]:
    """Do something before each line that a block executes in functions it calls.

    It stands for a thread that gets its turn there, at every line in turn.
    """

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        if event == "line":
            do()
        return trace

    with tracing(trace):
        yield


def lines(do: Callable[[], object]) -> int:
    """Count the lines of Python that something executes; each turn of a loop counts anew."""
    count = 0

    def add_one() -> None:
        nonlocal count
        count += 1

    # What others do when garbage is collected does not count.
    collects = gc.isenabled()
    gc.disable()
    try:
        with at_each_line(add_one):
            do()
    finally:
        if collects:
            gc.enable()
    return count
