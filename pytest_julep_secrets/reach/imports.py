"""Modules that somebody may import later, or never: what to do once one is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from typing import Any


def after(names: Collection[str], do: Callable[[Any], None]) -> Callable[[], None]:
    """Do something with each of these modules once it is imported; now, if it is already.

    Args:
        names: Full names of modules.
        do: Called with the module.

    Returns:
        What ends it.
    """
    finder = _Finder(frozenset(names), do)
    sys.meta_path.insert(0, finder)
    for name in names:
        if name in sys.modules:
            do(sys.modules[name])

    def undo() -> None:
        if finder in sys.meta_path:
            sys.meta_path.remove(finder)

    return undo


def find_behind(this: Any, name: str, path: Any, target: Any) -> Any:
    """Let those behind a finder find a module; None if nobody does."""
    finders = sys.meta_path
    for finder in finders[finders.index(this) + 1 :]:
        # Python itself passes over one that cannot.
        find = getattr(finder, "find_spec", None)
        spec = find(name, path, target) if find is not None else None
        if spec is not None:
            return spec
    return None


class _Finder:
    """Lets those behind it find a module, and stays with it until it is loaded."""

    def __init__(self, names: frozenset[str], do: Callable[[Any], None]) -> None:
        self._names = names
        self._do = do

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Find a module that is waited for; any other one is left to the rest."""
        spec = find_behind(self, name, path, target) if name in self._names else None
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, self._do)
        return spec


class _Loader:
    """Does what the loader does that was found, and then what was to be done."""

    def __init__(self, loader: Any, do: Callable[[Any], None]) -> None:
        self._loader = loader
        self._do = do

    def create_module(self, spec: Any) -> Any:
        """Create the module, as the loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        """Load the module, which shows nothing of us."""
        module.__loader__ = module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        self._do(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)
