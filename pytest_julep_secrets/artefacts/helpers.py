"""Other processes that take their share of a long search, where there are cores for them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final

from pytest_julep_secrets.leaks.chunks import Search, Window
from pytest_julep_secrets.leaks.search import Found

# Until so much has been searched, to start them takes longer than they save.
_ALONE: Final = 64 << 20
_MOST: Final = 3


def helpers_here() -> int:
    """Count the cores beside this process's own that it may use, as far as they help."""
    # What is known of the values gets to the others by fork only, which macOS cannot do safely.
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    return min(cores - 1, _MOST)


class Helpers:
    """Searches windows in several processes once there are many; to be closed at the end.

    Args:
        number: How many to start, beside this one.
        alone: How many bytes this process searches before it does.
    """

    def __init__(self, number: int, alone: int = _ALONE) -> None:
        self._number, self._alone = number, alone
        self._helpers: list[_Helper] = []

    def __call__(
        self, search: Search, windows: Iterable[Window]
    ) -> Iterator[tuple[int, list[Found]]]:
        """Search windows, this process the first of each few; see `chunks.Share`."""
        windows = iter(windows)
        while some := list(islice(windows, 1 + len(self._helpers))):
            (first, cut), *others = some
            helpers = self._helpers[: len(others)]
            for helper, (window, _) in zip(helpers, others, strict=True):
                helper.send(window)
            yield cut, search(first)
            for helper, (window, cut) in zip(helpers, others, strict=True):
                found = helper.receive()
                # It is gone, for want of memory perhaps.
                yield cut, search(window) if found is None else found
            self._count(sum(len(window) for window, _ in some), search)

    def _count(self, size: int, search: Search) -> None:
        self._alone -= size
        if self._alone < 0 and not self._helpers and self._number:
            self._helpers = [_Helper(search) for _ in range(self._number)]

    def close(self) -> None:
        """Send them home."""
        while self._helpers:
            self._helpers.pop().close()
        self._number = 0


class _Helper:
    """One process.

    Args:
        search: What it does.
    """

    def __init__(self, search: Search) -> None:
        self._connection, other = multiprocessing.Pipe()
        context = multiprocessing.get_context("fork")
        self._process: BaseProcess = context.Process(
            target=_serve, args=(search, other, self._connection.close), daemon=True
        )
        self._process.start()
        other.close()

    def send(self, window: bytes) -> None:
        try:
            self._connection.send_bytes(window)
        except OSError:
            self._connection.close()

    def receive(self) -> list[Found] | None:
        """Return what it has found; None if it has not lived to tell."""
        try:
            found: list[Found] = self._connection.recv()
        except (EOFError, OSError):
            return None
        return found

    def close(self) -> None:
        self._connection.close()
        self._process.terminate()
        self._process.join()


def _serve(search: Search, connection: Connection, close: Callable[[], None]) -> None:
    # Its own copy of the other end, or it would never see that nobody is there any more.
    close()
    # Ctrl-C is for the process that was started.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            connection.send(search(connection.recv_bytes()))
        except (EOFError, OSError):
            return
