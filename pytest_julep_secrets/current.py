"""The run that is under way in this process, if one is: the innermost of nested ones.

A fake that a test, a fixture or a script makes by itself asks here whom to tell.
Loaded in every run of pytest, so it imports nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final

    from pytest_julep_secrets.run import Run

# Each gives its run, which is made when it is first wanted.
_runs: Final[list[Callable[[], Run]]] = []


def begin(get_run: Callable[[], Run]) -> None:
    """Let a run be the innermost one."""
    _runs.append(get_run)


def end(get_run: Callable[[], Run]) -> None:
    """Take a run out again, whichever it is by now."""
    _runs.remove(get_run)


def innermost() -> Run | None:
    """Return the innermost run, or None outside of any."""
    return _runs[-1]() if _runs else None
