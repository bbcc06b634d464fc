"""The guard of a run's hosts: from before its first conftest to its end, or the process's."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_julep_secrets.reach import network

if TYPE_CHECKING:
    from pytest_julep_secrets.guards.allowed import Allowed
    from pytest_julep_secrets.guards.hosts import Hosts
    from pytest_julep_secrets.plugin.state import State


def begin(state: State) -> None:
    """Begin to guard.

    Raises:
        pytest.UsageError: If what is allowed cannot be read.
    """
    entries: list[str] = state.config.getini("julep_secrets_allow_hosts")
    allowed = _read(entries) if entries else None
    guard = cache(lambda: _make(state, allowed))
    if entries:
        # Two threads that ask first would have two, each with addresses of its own.
        guard()
    network.begin(guard, by_address=bool(entries))
    if not _is_all_of_the_process():
        state.config.add_cleanup(lambda: network.end(guard, by_address=bool(entries)))


def _make(state: State, allowed: Allowed | None) -> Hosts:
    from pytest_julep_secrets.guards.hosts import Hosts

    # The run is made when there is something to refuse.
    return Hosts(lambda what, unlisted: state.get_run().keep_in(what, unlisted), allowed)


def _read(entries: list[str]) -> Allowed:
    import socket

    from pytest_julep_secrets.guards.allowed import Allowed
    from pytest_julep_secrets.plugin.settings import usage_error

    with usage_error():
        return Allowed(entries, socket.gethostname())


def _is_all_of_the_process() -> bool:
    """Tell whether only the end of the process comes after this run of pytest.

    Then the guard stays, for threads and for what is called at exit. A run inside of another
    one, or of a script that goes on, has to leave nothing behind.
    """
    main = sys.modules["__main__"]
    spec = getattr(main, "__spec__", None)
    name = spec.name if spec is not None else Path(getattr(main, "__file__", "")).name
    frame = sys._getframe()  # noqa: SLF001 - inspect's own is slow
    while frame.f_back is not None:
        if frame.f_code.co_name == "pytest_cmdline_main":
            return False
        frame = frame.f_back
    return name in {"pytest.__main__", "pytest", "py.test"}
