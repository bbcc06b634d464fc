"""A function of somebody else, replaced for a while."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import update_wrapper
from typing import Any

Undo = Callable[[], None]


def replace(owner: Any, name: str, make: Callable[[Any], Any]) -> Undo:
    """Replace a function of a module or a class by one of ours, unless it stands there already.

    Args:
        owner: The module or class; it is not kept alive.
        name: The function's.
        make: Makes ours from the original.

    Returns:
        What puts the original back where ours still stands. Under a patch of somebody else's
        ours stays.
    """
    original = getattr(owner, name)
    inherited = name not in vars(owner)
    ours: Any = update_wrapper(make(original), original)
    # The code is what all that `make` makes have in common, and it keeps nothing alive.
    code = ours.__code__
    if getattr(original, "__code__", None) is not code:
        setattr(owner, name, ours)
    place = weakref.ref(owner)

    def undo() -> None:
        owner = place()
        now = vars(owner).get(name) if owner is not None else None
        if getattr(now, "__code__", None) is not code:
            return
        if inherited:
            delattr(owner, name)
        else:
            setattr(owner, name, now.__wrapped__)  # type: ignore[union-attr]

    return undo
