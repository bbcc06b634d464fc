"""Where in Python code the names and values of secrets are."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Role = Literal["name", "value", "seed", "allowed", "compared"]

_OPERATIONS: Final = frozenset({"create", "get", "update", "delete"})
_RAW: Final = frozenset({"with_raw_response", "with_streaming_response"})
_SEEDED: Final = frozenset({"MockSecrets", "julep_secrets"})
_ROLES: Final[Mapping[str, Role]] = {"name": "name", "new_name": "name", "value": "value"}


@dataclass(frozen=True, slots=True)
class Place:
    """An expression that is the name or the value of a secret.

    Attributes:
        role: What it is; "seed" is a mapping of names to values, "allowed" a name that may be,
            "compared" what may be the name of something else.
        node: The expression.
        owner: Of a value: the expression of its secret's name, if there is one.
    """

    role: Role
    node: ast.expr
    owner: ast.expr | None = None


# Most nodes are none of these.
_WITH_PLACES: Final = (ast.Call, ast.Subscript, ast.Compare, ast.With, ast.AsyncWith)


def places_of(nodes: Iterable[ast.AST]) -> Iterator[Place]:
    """Give the places that are directly in some nodes."""
    for node in nodes:
        if isinstance(node, _WITH_PLACES):
            yield from _places_of(node)


def _places_of(node: ast.AST) -> Iterator[Place]:
    match node:
        case ast.Call():
            yield from _called(node)
        case ast.Subscript(value=mapping, slice=key) if _is_secrets(mapping):
            yield Place("name", key)
        case ast.Compare():
            yield from _compared(node)
        case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
            if any(_expects_names(item.context_expr) for item in items):
                yield from _strings_in(body)


def _called(call: ast.Call) -> Iterator[Place]:
    match call.func:
        case ast.Attribute(value=receiver, attr=operation) if operation in _OPERATIONS:
            if _is_secrets(receiver):
                yield from _arguments(_keywords(call))
        case ast.Name(id=called) | ast.Attribute(attr=called) if called in _SEEDED:
            yield from (Place("seed", seed) for seed in call.args[:1])
            allowed = _keywords(call).get("allow_names")
            yield from _strings_in([allowed] if allowed else [])


def _arguments(given: Mapping[str, ast.expr]) -> Iterator[Place]:
    for key, role in _ROLES.items():
        if key in given:
            yield Place(role, given[key], given.get("name") if role == "value" else None)


def _keywords(call: ast.Call) -> dict[str, ast.expr]:
    found: dict[str, ast.expr] = {}
    for keyword in call.keywords:
        if keyword.arg is not None:
            found[keyword.arg] = keyword.value
        elif isinstance(keyword.value, ast.Dict):
            found.update(_items(keyword.value))
    return found


def _items(mapping: ast.Dict) -> Iterator[tuple[str, ast.expr]]:
    for key, value in zip(mapping.keys, mapping.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value, value


def seeded(node: ast.expr) -> Iterator[Place]:
    """Give the names and values of a seed: a mapping of names to values, or to mappings of them."""
    if not isinstance(node, ast.Dict):
        return
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            yield Place("seed", value)
            continue
        yield Place("name", key)
        inner = dict(_items(value)).get("value") if isinstance(value, ast.Dict) else value
        if inner is not None:
            yield Place("value", inner, key)


def _compared(compare: ast.Compare) -> Iterator[Place]:
    """Give what is looked for in the secrets, or compared with the name of something."""
    sides = [compare.left, *compare.comparators]
    if any(isinstance(side, ast.Attribute) and side.attr == "name" for side in sides):
        for side in sides:
            many = side.elts if isinstance(side, ast.List | ast.Tuple | ast.Set) else [side]
            yield from (Place("compared", one) for one in many)
    elif any(_is_secrets(side) for side in compare.comparators):
        yield Place("name", compare.left)


def _expects_names(node: ast.expr) -> bool:
    match node:
        case ast.Call(
            func=ast.Attribute(attr="expect_violation"), args=[ast.Constant(value="names")]
        ):
            return True
    return False


def _strings_in(nodes: list[ast.expr] | list[ast.stmt]) -> Iterator[Place]:
    for node in nodes:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                yield Place("allowed", inner)


def _is_secrets(node: ast.expr) -> bool:
    """Tell whether something is the secrets of a client, or a fake: by what it is called."""
    if isinstance(node, ast.Attribute) and node.attr in _RAW:
        node = node.value
    match node:
        case ast.Name(id=called) | ast.Attribute(attr=called):
            return called == "secrets" or called.endswith("_secrets")
    return False
