"""Values on their way from a worker of xdist to the controller, inside of serialised reports.

The worker redacts its reports itself; but the controller prints more than those, and writes
the files. Nothing that reads reports sees the values: they are taken off before.
"""

from __future__ import annotations

from typing import Any, Final

from pytest_julep_secrets.leaks.watch import Watch

KEY: Final = "_julep_secrets_values"


def add_values(data: dict[str, Any], watch: Watch, sent: int) -> int:
    """Add the values that have not been sent yet; returns how many have been by now."""
    new = [[name, value] for name, value in watch.since(sent) if _can_be_sent(name + value)]
    if new:
        data[KEY] = new
    return len(watch)


def take_values(data: dict[str, Any], watch: Watch) -> None:
    """Take the values off; nobody of this process answers for them."""
    for name, value in data.pop(KEY):
        watch.add(name, value, None)


def _can_be_sent(text: str) -> bool:
    # Half a surrogate pair would end the worker.
    return text.encode("utf-8", "ignore").decode() == text
