"""The documented surface of the SDK, there or not there: the one object that is switched."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pytest_julep_secrets.documented import RESOURCES, RESOURCES_MODULE
from pytest_julep_secrets.reach import imports
from pytest_julep_secrets.reach.documented.modules import Modules
from pytest_julep_secrets.reach.patch import Undo

if TYPE_CHECKING:
    from pytest_julep_secrets.reach.documented.errors import Errors


class Surface:
    """The documented calls and modules. Off until it is switched on.

    Args:
        told: Called with each documented thing that is used, such as "secrets.get".
        raised: Called when a documented error is about to be raised: code may have its class from
            an import that was told long ago.

    Attributes:
        is_on: Whether they are there.
        told: As above.
    """

    def __init__(self, told: Callable[[str], None], raised: Callable[[], None]) -> None:
        self.is_on: bool = False
        self.told: Callable[[str], None] = told
        self._raised = raised
        self._undo: list[Undo] = []
        self._errors: Errors | None = None
        self._modules = Modules(lambda name: self.errors().classes[name], told)

    def switch(self, on: bool) -> None:
        """Put everything there, or take it away again."""
        if on and not self.is_on:
            self.is_on = True
            self._undo.append(self._modules.install())
            self._undo.append(imports.after([RESOURCES_MODULE], self._patch))
        elif not on:
            self.is_on = False
            while self._undo:
                self._undo.pop()()

    def forget_imports(self) -> None:
        """Let the next import of a documented module be told, whoever has imported it before."""
        self._modules.forget()

    def errors(self) -> Errors:
        """Return the documented errors, made when the first is needed: the SDK is there by then."""
        if self._errors is None:
            errors = import_module(f"{__package__}.errors")
            made: Errors = errors.Errors(sys.modules["julep"], self._raised)
            self._errors = made
        return self._errors

    def _patch(self, resources: Any) -> None:
        # With the SDK, which has imported httpx.
        patching = import_module(f"{__package__}.patching")
        for name in RESOURCES.values():
            self._undo += patching.patch(getattr(resources, name), self)
