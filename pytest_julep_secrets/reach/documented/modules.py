"""`julep.exceptions` and `julep.client`, modules that only the documentation knows.

Whoever imports one is told of, and so is every look at what is in it: a name that was imported
at the top of a module is used without us.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Final

from pytest_julep_secrets.documented import CLIENT, ERRORS, EXCEPTIONS, RESOURCES, RESOURCES_MODULE
from pytest_julep_secrets.reach import imports

Told = Callable[[str], None]

# The modules, and what is in them.
_CONTENTS: Final[Mapping[str, Mapping[str, object]]] = {EXCEPTIONS: ERRORS, CLIENT: RESOURCES}


class _Module(ModuleType):
    """A documented module. What is in it is looked up each time, so that each look is told."""

    def __init__(self, name: str, look_up: Callable[[str], Any], told: Told) -> None:
        super().__init__(name, "Documented, and not in the SDK.")
        self.__all__ = [*_CONTENTS[name]]
        self._look_up = look_up
        self._told = told

    def __getattr__(self, name: str) -> Any:
        if name not in self.__all__:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        self._told(self.__name__)
        return self._look_up(name)


class Modules:
    """Finds the documented modules, if nobody else does.

    Args:
        error_class: Gives a documented error by its name.
        told: Called with the name of a module that is imported or looked into.
    """

    def __init__(self, error_class: Callable[[str], Any], told: Told) -> None:
        look_ups = {EXCEPTIONS: error_class, CLIENT: _resource}
        # Kept: an error is caught by the class that was imported before.
        self._modules = {name: _Module(name, look_ups[name], told) for name in _CONTENTS}
        self._told = told

    def install(self) -> Callable[[], None]:
        """Begin; returns what ends it and takes the modules away again."""
        # In front of all, to be asked about each module that is imported.
        sys.meta_path.insert(0, self)

        def undo() -> None:
            if self in sys.meta_path:
                sys.meta_path.remove(self)
            self.forget()
            for name, module in self._modules.items():
                package, _, attribute = name.partition(".")
                parent = sys.modules.get(package)
                if parent is not None and vars(parent).get(attribute) is module:
                    delattr(parent, attribute)

        return undo

    def forget(self) -> None:
        """Let the next import of a module be one that is told."""
        for name, module in self._modules.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]

    # --- as a finder and a loader of Python's

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Find a documented module, of an SDK that has errors to build on."""
        if name not in self._modules:
            # It may be one that imports a documented module in its turn.
            self.forget()
            return None
        spec = imports.find_behind(self, name, path, target)
        if spec is not None or not hasattr(sys.modules.get("julep"), "NotFoundError"):
            return spec
        self._told(name)
        return ModuleSpec(name, self)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the one there is."""
        return self._modules[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: it is ready."""


def _resource(name: str) -> Any:
    return getattr(import_module(RESOURCES_MODULE), RESOURCES[name])
