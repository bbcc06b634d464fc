"""What exceptions say that nobody catches: in threads, in destructors.

pytest makes warnings of them and tells those when the test is over; then it is too late to fail it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any, Final

from pytest_julep_secrets.guards.verdict import reach
from pytest_julep_secrets.leaks.sources import exception_text
from pytest_julep_secrets.plugin.channels import is_of_pytest
from pytest_julep_secrets.plugin.state import State

_HOOKS: Final = ((threading, "excepthook"), (sys, "unraisablehook"))


class _Listener:
    """Keeps what an exception says for the test that is running, and passes it on."""

    def __init__(self, state: State, hook: Callable[[Any], object]) -> None:
        self.state = state
        self.hook = hook

    def __call__(self, args: Any) -> object:
        # In any thread: the test's own looks through it.
        self.state.test.uncaught += [
            (f"the text of {type(error).__name__}", exception_text(error))
            for error in reach(args.exc_value)
            if not is_of_pytest(error)
        ]
        return self.hook(args)


def listen(state: State) -> None:
    """Hear of uncaught exceptions from now on; pytest up to 8.3 sets its hooks for each phase."""
    for module, name in _HOOKS:
        hook = getattr(module, name)
        if not _is_of(state, hook):
            setattr(module, name, _Listener(state, hook))


def stop(state: State) -> None:
    """Hear of no more."""
    for module, name in _HOOKS:
        while _is_of(state, hook := getattr(module, name)):
            setattr(module, name, hook.hook)


def _is_of(state: State, hook: object) -> bool:
    return isinstance(hook, _Listener) and hook.state is state
