"""Functions of others, replaced and put back."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from functools import wraps
from typing import Any

from pytest_julep_secrets.reach.patch import replace


class Base:
    """Somebody's."""

    def ask(self) -> str:
        return "original"


def louder(original: Any) -> Callable[..., str]:
    def ask(*args: Any) -> str:
        return f"{original(*args)}!"

    return ask


def test_it_is_replaced_and_put_back() -> None:
    class Owner(Base):
        def ask(self) -> str:
            return "own"

    before = vars(Owner)["ask"]
    undo = replace(Owner, "ask", louder)
    replaced = Owner().ask()
    undo()

    assert replaced == "own!"
    assert vars(Owner)["ask"] is before


def test_what_was_inherited_is_so_again() -> None:
    class Owner(Base):
        pass

    undo = replace(Owner, "ask", louder)
    replaced = Owner().ask()
    undo()

    assert replaced == "original!"
    assert "ask" not in vars(Owner)


def test_twice_is_once() -> None:
    class Owner(Base):
        def ask(self) -> str:
            return "own"

    undo = [replace(Owner, "ask", louder), replace(Owner, "ask", louder)]
    replaced = Owner().ask()
    for step in undo:
        step()

    assert replaced == "own!"
    assert Owner().ask() == "own"


def test_theirs_stays_even_if_it_wears_the_name_of_ours() -> None:
    class Owner(Base):
        def ask(self) -> str:
            return "own"

    undo = replace(Owner, "ask", louder)
    ours = Owner.ask

    @wraps(ours)
    def theirs(self: Owner) -> str:
        return f"{ours(self)}?"

    Owner.ask = theirs  # type: ignore[method-assign]
    undo()

    assert Owner().ask() == "own!?"


def test_what_is_gone_meanwhile_is_not_kept_alive() -> None:
    class Owner(Base):
        def ask(self) -> str:
            return "own"

    undo = replace(Owner, "ask", louder)
    gone = weakref.ref(Owner)
    del Owner
    gc.collect()
    undo()

    assert gone() is None
