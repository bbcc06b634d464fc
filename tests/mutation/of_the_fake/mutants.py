"""Small changes to a module, one at a time: mutmut's, at the level of a module too."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

import libcst
from mutmut.mutation.file_mutation import Mutation, create_mutations

from mutation.survivors import Survivor


class Mutant(NamedTuple):
    """A changed statement of a module.

    Attributes:
        known_as: What tells it from all others.
        at: Which of the module's statements it takes the place of, from 0.
        code: The changed statement.
    """

    known_as: Survivor
    at: int
    code: str


def mutants_of(project: Path, file: Path) -> Iterator[Mutant]:
    """Make the mutants of a file of the project, each once.

    mutmut leaves out decorated functions, docstrings, annotations, `len` and `isinstance`.
    """
    module, mutations, *_ = create_mutations(str(file), file.read_text(encoding="utf-8"))
    home = {id(node): at for at, top in enumerate(module.body) for node in _nodes(top)}
    name = file.relative_to(project).as_posix()
    seen = set()
    for mutation in mutations:
        at = home[id(mutation.original_node)]
        old = module.body[at]
        new = old.deep_replace(mutation.original_node, mutation.mutated_node)
        code = str(module.code_for_node(new))
        known_as = Survivor(name, _place(old, mutation), _change(module.code_for_node(old), code))
        if known_as not in seen:
            seen.add(known_as)
            yield Mutant(known_as, at, code)


def _nodes(node: libcst.CSTNode) -> Iterator[libcst.CSTNode]:
    yield node
    for child in node.children:
        yield from _nodes(child)


def _place(statement: libcst.CSTNode, mutation: Mutation) -> str:
    """Name the function or method, the class for what stands in its body, or the constant."""
    if isinstance(statement, libcst.FunctionDef):
        return str(statement.name.value)
    if isinstance(statement, libcst.ClassDef):
        method = mutation.contained_by_top_level_function
        inner = f".{method.name.value}" if isinstance(method, libcst.FunctionDef) else ""
        return f"{statement.name.value}{inner}"
    bare = statement.with_changes(leading_lines=())
    return str(libcst.Module([bare]).code).partition("=")[0].partition(":")[0].strip()


def _change(old: str, new: str) -> str:
    diff = [*unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")][2:]
    return "\n".join(f"{line[0]} {line[1:].strip()}" for line in diff if line[0] in "+-")
