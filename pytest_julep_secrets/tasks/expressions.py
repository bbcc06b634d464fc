"""Which secrets a string of a task definition refers to. Nothing is ever evaluated.

Source: agents_api, common/utils/expressions.py (what is code), common/protocol/tasks.py (the
mapping `secrets` that it sees: a Box) and simpleeval 1.0.3 (what it refuses), at the last commit
of branch v1; found alike on the real evaluator.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from pytest_julep_secrets.tasks.constants import GAP, parse, spelled_out

Kind = Literal["required", "optional", "dynamic", "inert", "rejected"]


class Use(NamedTuple):
    """One reference in a string.

    Attributes:
        name: The secret's; `{}` in it stands for what only running would tell.
        kind: "required": without the secret the step fails; "optional"; "dynamic": only running
            tells which; "inert": it looks like a reference, and is none; "rejected": the server
            refuses it, or gives something else.
        reason: Why it is inert or rejected, or why a name cannot be told.
    """

    name: str
    kind: Kind
    reason: str = ""


class Code(NamedTuple):
    """What the server takes a string for.

    Attributes:
        source: Python.
        form: "code" for what begins with "$ "; "braces" for `{{ }}`; "input" for what begins as
            the input or a list does; "text" for any other: an f-string.
    """

    source: str
    form: Literal["code", "braces", "input", "text"]


# Methods of Box, the mapping, which are no secrets as attributes.
_METHODS: Final = re.compile(
    "clear|copy|fromkeys|get|items|keys|merge_update|pop|popitem|setdefault|update|values"
    "|(?:to|from)_(?:dict|json|msgpack|toml|toon|yaml)|(?:get|set|del)_comment"
)
# Attributes that simpleeval refuses.
_REFUSED: Final = re.compile(
    "(?:_|func_).*|format|format_map|mro|exec|tb_frame|[ga][ig]_frame|cr_frame", re.DOTALL
)
# What looks like a reference: for strings that cannot be parsed, and for those that are no code.
_ROUGHLY: Final = re.compile(r"""\bsecrets\s*(?:\.\s*(\w+)|\[\s*f?["']([^"'\]]+))""")
_NO_CODE: Final = re.compile(rf"\$\s*{_ROUGHLY.pattern}|\A\s*{_ROUGHLY.pattern}[\"'\]]*\s*\Z")
# Before Python 3.12, an f-string cannot have its own quotes in it.
_F_STRING: Final = re.compile(r"""\b(?:f|fr|rf)["']""", re.IGNORECASE)
_CANNOT_READ_NEWER: Final = sys.version_info < (3, 12)


def names_in(text: str) -> Iterator[str]:
    """Give the names of the secrets that a string refers to, of whatever kind."""
    yield from (use.name for use in uses_in(text))


def uses_in(text: str) -> list[Use]:
    """Return the references in a string, in no order that counts.

    What is "required" is an upper bound: `True or secrets.a` never asks for `a`.
    """
    if "secrets" not in text:
        return []
    code = code_of(text)
    try:
        statements = parse(code.source).body
        found = [use for node in statements[:1] for use in _uses(node)]
        found += [_ignored(use) for node in statements[1:] for use in _uses(node)]
    except (SyntaxError, RecursionError):
        return _unparsed(text, code)
    return found or _no_code(text, code)


def code_of(text: str) -> Code:
    """Return what the server would evaluate of a string."""
    text = text.strip()
    if text.startswith("$ "):
        return Code(text[2:].strip(), "code")
    if "{{" in text:
        return Code(f"f'''{text.replace('{{', '{').replace('}}', '}')}'''", "braces")
    brackets = text.startswith(("[", "_[")) and text.endswith("]")
    if brackets or text.startswith("_.") or "outputs[" in text or "inputs[" in text:
        return Code(text, "input")
    return Code(f"f'''{text}'''", "text")


def _uses(statement: ast.AST) -> Iterator[Use]:
    # Each with whether a comprehension has made `secrets` a name of its own.
    waiting: list[tuple[ast.AST, bool]] = [(statement, False)]
    while waiting:
        node, shadowed = waiting.pop()
        if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
            waiting += reversed(list(_of_comprehension(node, shadowed)))
            continue
        use, mapping = (None, None) if shadowed else _use(node)
        if use is not None:
            yield use
        children = [one for one in ast.iter_child_nodes(node) if one is not mapping]
        waiting += [(child, shadowed) for child in reversed(children)]


def _use(node: ast.AST) -> tuple[Use | None, ast.AST | None]:
    """Return the reference that a node makes, and the part of it that is not to be asked again."""
    match node:
        case ast.Call(func=ast.Attribute(value=mapping, attr=name) as func) if _is_secrets(mapping):
            return _called(name, node.args), func
        case ast.Attribute(value=mapping, attr=name) if _is_secrets(mapping):
            return _attribute(name), mapping
        case ast.Subscript(value=mapping, slice=key) if _is_secrets(mapping):
            return _known(key, "required"), mapping
        case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[mapping]) if _is_secrets(
            mapping
        ):
            return _known(node.left, "optional"), mapping
    if _is_secrets(node):
        return Use(GAP, "dynamic", "it takes all secrets"), None
    return None, None


def _called(name: str, arguments: list[ast.expr]) -> Use:
    if name == "get" and arguments:
        return _known(arguments[0], "optional")
    if _METHODS.fullmatch(name):
        return Use(GAP, "dynamic", "it takes all secrets")
    return _attribute(name)


def _attribute(name: str) -> Use:
    if _METHODS.fullmatch(name):
        # As text it shows the whole mapping.
        reason = f"'{name}' is a method, and may show every secret; write secrets['{name}']"
        return Use(name, "rejected", reason)
    if _REFUSED.fullmatch(name):
        reason = "the server refuses attributes of this name; write secrets['NAME']"
        return Use(name, "rejected", reason)
    return Use(name, "required")


def _known(key: ast.expr, kind: Kind) -> Use:
    if all(_is_constant(node) for node in ast.walk(key)):
        return Use(spelled_out(key), kind)
    return Use(spelled_out(key), "dynamic", "only running tells which")


def _is_constant(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr() | ast.BinOp(op=ast.Add()) | ast.Add():
            return True
    return False


def _is_secrets(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "secrets" and isinstance(node.ctx, ast.Load)


def _of_comprehension(
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, shadowed: bool
) -> Iterator[tuple[ast.AST, bool]]:
    for generator in node.generators:
        yield generator.iter, shadowed
        shadowed = shadowed or any(
            isinstance(one, ast.Name) and one.id == "secrets" for one in ast.walk(generator.target)
        )
        yield from ((condition, shadowed) for condition in generator.ifs)
    parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    yield from ((part, shadowed) for part in parts)


def _ignored(use: Use) -> Use:
    return Use(use.name, "inert", "the server evaluates the first statement only")


def _unparsed(text: str, code: Code) -> list[Use]:
    found = list(dict.fromkeys(attribute or key for attribute, key in _ROUGHLY.findall(text)))
    own = code.source if code.form in {"code", "input"} else text
    if _CANNOT_READ_NEWER and _F_STRING.search(own):
        reason = "this Python cannot read it, the server's 3.12 may"
        return [Use(name, "required", reason) for name in found] or [Use(GAP, "dynamic", reason)]
    reason = "it is no Python that could be parsed"
    return [Use(name, "rejected", reason) for name in found or [GAP]]


def _no_code(text: str, code: Code) -> list[Use]:
    """Return what looks like references in a text that is sent as it stands."""
    if code.form != "text":
        return []
    reason = "the text is sent as it stands: code begins with '$ ', or stands in {braces}"
    found = [next(filter(None, one.groups())) for one in _NO_CODE.finditer(text.strip())]
    return [Use(name, "inert", reason) for name in found]
