"""Python: the names and values that calls are given, and every string that could be a name."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from platform import python_version
from typing import Final

from pytest_julep_secrets.documents.lines import split_lines
from pytest_julep_secrets.documents.unreadable import UnreadableError
from pytest_julep_secrets.lint.mention import Kind, Mention
from pytest_julep_secrets.lint.places import Place, places_of, seeded
from pytest_julep_secrets.tasks.constants import GAP, parse, pieces, spelled_out, text_of
from pytest_julep_secrets.tasks.expressions import names_in

# Fields that hold types, which may be strings, and those that hold nothing to look into.
_LEFT_OUT: Final = frozenset(
    {"annotation", "returns", "type_comment", "ctx", "op", "ops", "name", "names", "id", "attr"}
)

# The server allows letters, digits and underscores; hyphens are for what others call secrets.
# A single word is none: "production" is an environment, a "Prod" anything.
_NAME: Final = re.compile(r"(?!(?:[A-Z]?[a-z]+|[A-Z]+)\Z)(?:[A-Za-z]|\{\})(?:[\w-]|\{\})*", re.A)
_LONGEST: Final = 100


def read(raw: bytes) -> tuple[str, list[Mention]]:
    """Read a Python file.

    Returns:
        Its text, and what it mentions.

    Raises:
        UnreadableError: If it is not Python.
    """
    text = _decode(raw)
    try:
        tree = parse(text)
    except SyntaxError as error:
        reason = f"It is not Python {python_version()}."
        raise UnreadableError(reason, error.lineno or 1, max(error.offset or 1, 1)) from None
    return text, _Reader(list(_nodes(tree)), split_lines(text)).mentions()


def _decode(raw: bytes) -> str:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        return raw.decode(encoding)
    except (SyntaxError, LookupError, ValueError):
        raise UnreadableError("It is not in the encoding that it says, or not UTF-8.") from None


def _nodes(tree: ast.Module) -> Iterator[ast.AST]:
    """Give all nodes in their order, without types, docstrings and `__all__`."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt) and _is_left_out(node):
            continue
        yield node
        children: list[ast.AST] = []
        for field in node._fields:
            value = None if field in _LEFT_OUT else getattr(node, field, None)
            if isinstance(value, list):
                children += [item for item in value if isinstance(item, ast.AST)]
            elif isinstance(value, ast.AST):
                children.append(value)
        waiting += reversed(children)


def _is_left_out(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case ast.AugAssign(target=ast.Name(id="__all__")):
            return True
    return False


class _Reader:
    def __init__(self, nodes: list[ast.AST], lines: list[str]) -> None:
        self._nodes = nodes
        self._columns = _Columns(lines)
        self._assigned = _assignments(nodes)
        # Names of variables that have been followed, and nodes that are told of, by role.
        self._followed: set[tuple[str, str]] = set()
        self._told: set[tuple[Kind, int]] = set()
        self._allowed: set[str] = set()

    def mentions(self) -> list[Mention]:
        found = [*self._placed(), *self._loose()]
        return [one for one in found if one.kind == "value" or one.text not in self._allowed]

    def _placed(self) -> Iterator[Mention]:
        waiting = [*places_of(self._nodes)][::-1]
        while waiting:
            place = waiting.pop()
            for node in self._follow(place):
                if place.role == "seed":
                    waiting += reversed([*seeded(node)])
                elif place.role == "allowed":
                    self._allowed.add(text_of(node))
                elif place.role == "compared":
                    strings = self._tell("string", node)
                    yield from (replace(one, kind="name") for one in strings if _is_like_name(one))
                else:
                    yield from self._tell(place.role, node, self._name_of(place))

    def _loose(self) -> Iterator[Mention]:
        for node in self._nodes:
            if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp):
                for one in self._tell("string", node):
                    if _is_like_name(one):
                        yield one
                    elif one.text.startswith("$ "):
                        # Of a task definition, as Python code gives it to the SDK.
                        for name in names_in(one.text):
                            yield replace(one, kind="name", text=name)

    def _tell(self, kind: Kind, node: ast.expr, name: str = "") -> Iterator[Mention]:
        if (kind, id(node)) in self._told:
            return
        parts = pieces(node)
        texts = [text_of(part) for part in parts]
        for part in (*parts, *_spine(node)):
            # What is a name or a value is no other string as well.
            self._told |= {(kind, id(part)), ("string", id(part))}
        if any(text != GAP for text in texts):
            yield Mention(kind, "".join(texts), *self._columns.place(node), name)

    def _follow(self, place: Place) -> Iterator[ast.expr]:
        """Give what an expression may be: both sides of a choice, what a variable was given."""
        waiting = [place.node]
        while waiting:
            match waiting.pop():
                case ast.IfExp(body=body, orelse=other):
                    waiting += [other, body]
                case ast.BoolOp(values=values):
                    waiting += reversed(values)
                case ast.NamedExpr(value=value):
                    waiting.append(value)
                case ast.Name(id=name):
                    if (place.role, name) not in self._followed:
                        self._followed.add((place.role, name))
                        waiting += reversed(self._assigned.get(name, []))
                case node:
                    yield node

    def _name_of(self, place: Place) -> str:
        name = spelled_out(place.owner) if place.owner is not None else GAP
        return "" if name == GAP else name


def _is_like_name(one: Mention) -> bool:
    return len(one.text) <= _LONGEST and _NAME.fullmatch(one.text) is not None


def _assignments(nodes: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = defaultdict(list)
    for node in nodes:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name):
                        found[target.id].append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found[name].append(value)
    return found


def _spine(node: ast.expr) -> Iterator[ast.expr]:
    """Give an expression and, of a sum, the sums that it begins with."""
    yield node
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield node
        node = node.left


class _Columns:
    """Counts columns in characters, as people do; the parser counts bytes of UTF-8."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._ends: dict[int, list[int]] = {}

    def place(self, node: ast.expr) -> tuple[int, int]:
        number, offset = node.lineno, node.col_offset
        line = self._lines[number - 1]
        if line.isascii():
            return number, offset + 1
        if number not in self._ends:
            self._ends[number] = list(accumulate(len(char.encode()) for char in line))
        return number, bisect_right(self._ends[number], offset) + 1
