"""Which secrets a string of a task definition refers to.

Source: agents_api, common/utils/expressions.py (what is code) and common/protocol/tasks.py (the
mapping `secrets` that it sees), at the last commit of branch v1.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from pytest_julep_secrets.tasks.constants import GAP, parse, spelled_out

# Methods of the mapping, which are no secrets as attributes.
_METHODS: Final = frozenset(
    {"get", "items", "keys", "values", "update", "copy", "pop", "to_dict", "to_json", "to_yaml"}
)
# Where the server reads what we cannot: an f-string with its own quotes in it (Python 3.12).
_ROUGHLY: Final = re.compile(r"""\bsecrets\s*(?:\.\s*(\w+)|\[\s*f?["']([^"'\]]+))""")


def names_in(text: str) -> Iterator[str]:
    """Give the names of the secrets that a string refers to when a task is run.

    It is an upper bound: `True or secrets.a` never asks for `a`.

    Returns:
        Names; `{}` in one stands for what only running would tell, so a bare "{}" for any secret.
    """
    if "secrets" not in text:
        return
    try:
        tree = parse(_code_of(text.strip()))
    except SyntaxError:
        yield from (attribute or key for attribute, key in _ROUGHLY.findall(text))
    else:
        yield from _names(list(ast.walk(tree)))


def _code_of(text: str) -> str:
    if text.startswith("$ "):
        return text[2:].strip()
    if "{{" in text:
        text = text.replace("{{", "{").replace("}}", "}")
    elif text.startswith(("[", "_[", "_.")) or "outputs[" in text or "inputs[" in text:
        return text
    return f"f'''{text}'''"


def _names(nodes: list[ast.AST]) -> Iterator[str]:
    named: set[int] = set()
    for node in nodes:
        match node:
            case ast.Call(func=ast.Attribute(value=mapping, attr="get"), args=[key, *_]):
                name = spelled_out(key)
            case ast.Attribute(value=mapping, attr=name) if name not in _METHODS:
                pass
            case ast.Subscript(value=mapping, slice=key):
                name = spelled_out(key)
            case ast.Compare(left=key, ops=[ast.In() | ast.NotIn()], comparators=[mapping]):
                name = spelled_out(key)
            case _:
                continue
        if _is_secrets(mapping):
            named.add(id(mapping))
            yield name
    if any(_is_secrets(node) and id(node) not in named for node in nodes):
        yield GAP


def _is_secrets(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "secrets"
