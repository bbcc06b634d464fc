"""What of a Python expression can be known without running it."""

from __future__ import annotations

import ast
import warnings
from typing import Final

# Stands for what only running the code would tell.
GAP: Final = "{}"


def spelled_out(node: ast.expr) -> str:
    """Return the text of an expression as far as it is written there, with `{}` for the rest.

    `f"prod_{region}"`, `"prod_" + region` and `"prod_{}".format(region)` are all "prod_{}".
    """
    return "".join(text_of(part) for part in pieces(node))


def text_of(piece: ast.expr) -> str:
    """Return the text of a piece, or `{}` if it is no string constant."""
    match piece:
        case ast.Constant(value=str() as text):
            return text
    return GAP


def pieces(node: ast.expr) -> list[ast.expr]:
    """Split an expression into string constants and what is between them."""
    match node:
        case ast.JoinedStr(values=parts):
            return [piece for part in parts for piece in pieces(part)]
        case ast.BinOp(op=ast.Add()):
            return [piece for part in _summands(node) for piece in pieces(part)]
        case ast.BinOp(op=ast.Mod(), left=left):
            return pieces(left)
        case ast.Call(func=ast.Attribute(value=template, attr="format")):
            return pieces(template)
    return [node]


def _summands(node: ast.expr) -> list[ast.expr]:
    # A loop, as a long sum nests as deep as it is long.
    found: list[ast.expr] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        found.append(node.right)
        node = node.left
    return [node, *reversed(found)]


def parse(source: str) -> ast.Module:
    """Parse Python.

    Warnings that the parser has are not passed on.

    Raises:
        SyntaxError: If it is none, or too much of it. Its text may quote the source.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except (ValueError, RecursionError, MemoryError) as error:
            raise SyntaxError(type(error).__name__) from None
