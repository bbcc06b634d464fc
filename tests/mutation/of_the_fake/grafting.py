"""Changes a package that is imported already, as if it had been imported with the change.

So what is expensive, importing and collecting tests, is done once, before a process is forked for
each mutant.
"""

from __future__ import annotations
import __future__

import ast
import sys
from collections.abc import Iterable
from graphlib import TopologicalSorter
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

# What a class has by itself, or what says how it was made.
_MADE = {"__dict__", "__weakref__", "__doc__", "__module__", "__slots__", "__match_args__"}


class Package:
    """A package's modules, with what they compute while they are imported.

    Args:
        name: Its full name. All of its modules have to be imported.
    """

    def __init__(self, name: str) -> None:
        modules = {key: sys.modules[key] for key in sys.modules if key.startswith(f"{name}.")}
        trees = {key: _tree(module) for key, module in modules.items()}
        imports = {key: _imports(tree) & modules.keys() for key, tree in trees.items()}
        self._modules = {key: modules[key] for key in TopologicalSorter(imports).static_order()}
        self._computed = {key: [*_computed(trees[key])] for key in self._modules}
        # Some objects are never equal to those made before them.
        self._unlike = self._compute(None, -1)

    def graft(self, file: str, at: int, code: str) -> bool:
        """Put a statement in the place of one of a module.

        Args:
            file: The module's, or the end of its path.
            at: Which of its statements, from 0.
            code: The statement.

        Returns:
            Whether anything but functions is changed by it, and so perhaps all that is done.
        """
        key, module = next(
            (key, one) for key, one in self._modules.items() if str(one.__file__).endswith(file)
        )
        before = dict(vars(module))
        exec(_compiled(code, module), vars(module))  # noqa: S102 - it is what this is for
        names = self._take_over(module, before)
        # Defaults of a class may be what is new now.
        others = self._compute(key, at, classes=bool(names))
        return bool(names or others - self._unlike)

    def _compute(self, mutated: str | None, at: int, *, classes: bool = False) -> set[str]:
        """Do again what is done at import; returns the names of what has changed."""
        changed = set()
        for key, module in self._modules.items():
            for number, node, code in self._computed[key]:
                if (key, number) == (mutated, at) or (isinstance(node, ast.ClassDef) > classes):
                    continue
                before = dict(vars(module))
                exec(code, vars(module))  # noqa: S102
                changed |= {f"{key}.{name}" for name in self._take_over(module, before)}
        return changed

    def _take_over(self, module: ModuleType, before: dict[str, Any]) -> set[str]:
        """Let everybody have what a module has now; returns the names of new values."""
        changed = set()
        for name, old in before.items():
            new = vars(module)[name]
            if new is old or name == "__builtins__":
                continue
            if isinstance(old, FunctionType | type) and type(new) is type(old):
                setattr(module, name, old)
                changed |= {name} if _resemble(old, new) else set()
            elif new == old:
                setattr(module, name, old)
            else:
                _spread(name, old, new)
                changed.add(name)
        return changed


def _resemble(old: Any, new: Any) -> bool:
    """Make a function or class do what another does; returns whether a class has new values."""
    if isinstance(old, FunctionType):
        old.__code__, old.__defaults__ = new.__code__, new.__defaults__
        old.__kwdefaults__ = new.__kwdefaults__
        return False
    changed = False
    for name, value in vars(new).items():
        kept = vars(old).get(name)
        if isinstance(value, FunctionType) and set(value.__code__.co_freevars) <= {"__class__"}:
            _resemble(kept, value)
        elif isinstance(value, FunctionType) or _is_plain(name, value, kept):
            # Made by a decorator of the class; or a value.
            setattr(old, name, value)
            changed = True
    return changed


def _is_plain(name: str, value: object, kept: object) -> bool:
    made = name in _MADE or name.startswith(("__dataclass", "__annotations", "__static"))
    return not made and not hasattr(value, "__get__") and value != kept


def _spread(name: str, old: object, new: object) -> None:
    for module in [*sys.modules.values()]:
        if getattr(module, "__dict__", {}).get(name) is old:
            setattr(module, name, new)


def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))


def _imports(tree: ast.Module) -> set[str]:
    froms = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module]
    inner = {f"{node.module}.{alias.name}" for node in froms for alias in node.names}
    return inner | {str(node.module) for node in froms}


def _computed(tree: ast.Module) -> Iterable[tuple[int, ast.stmt, CodeType]]:
    for number, node in enumerate(tree.body):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.ClassDef):
            yield number, node, _compiled(ast.Module([node], []), None)


def _compiled(code: Any, module: ModuleType | None) -> CodeType:
    file = str(module.__file__) if module else "<computed at import>"
    flag = __future__.annotations.compiler_flag
    compiled: CodeType = compile(code, file, "exec", flags=flag, dont_inherit=True)
    return compiled
