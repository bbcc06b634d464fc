"""YAML and JSON documents: task definitions, and settings as those of CI systems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from pytest_julep_secrets.documents.placed import Placed
from pytest_julep_secrets.lint.mention import Mention
from pytest_julep_secrets.tasks.reference import is_definition, references_at, strings

# Where GitHub, GitLab, CircleCI, Compose and Kubernetes have environment variables.
_SETTINGS: Final = frozenset({"env", "environment", "variables"})
# Where GitHub's reusable workflows, GitLab and Compose declare secrets; a task uses them there.
_DECLARING: Final = _SETTINGS | {"secrets"}

# An expression of GitHub's, and a secret in it.
_EXPRESSION: Final = re.compile(r"\$\{\{((?:[^$}]|\$(?!\{\{)|\}(?!\}))*+)\}\}")
_SECRET: Final = re.compile(r"""\bsecrets\s*(?:\.\s*([\w-]+)|\[\s*["']([^"'\]]+))""")


def mentions_of(document: object) -> Iterator[Mention]:
    """Give what a document says of secrets.

    In a task's definition, wherever in the document that is, a credential may be in any string;
    elsewhere it is in what variables are set to.
    """
    return _Reader().mentions(document)


class _Reader:
    """Reads one document; what YAML's aliases have there many times it reads once."""

    def __init__(self) -> None:
        # Of what has been read: as anything, as a part of a definition, as a block of settings.
        self._seen: set[int] = set()
        self._defined: set[int] = set()
        self._blocks: set[int] = set()

    def mentions(self, document: object) -> Iterator[Mention]:
        waiting: list[tuple[object, bool]] = [(document, False)]
        while waiting:
            inside, is_inner = waiting.pop()
            if id(inside) in self._seen:
                continue
            self._seen.add(id(inside))
            if isinstance(inside, Placed):
                yield from _expressions(inside)
            elif isinstance(inside, dict | list):
                if not is_inner and is_definition(inside):
                    is_inner = True
                    yield from self._definition(inside)
                if isinstance(inside, dict):
                    yield from self._settings(inside, _SETTINGS if is_inner else _DECLARING)
                values = inside.values() if isinstance(inside, dict) else inside
                waiting.extend((value, is_inner) for value in values)

    def _definition(self, definition: object) -> Iterator[Mention]:
        for path, text in strings(definition, self._defined):
            if isinstance(text, Placed) and id(text) not in self._defined:
                self._defined.add(id(text))
                yield from (_mention(text, one.name) for one in references_at(path, text))
                yield Mention("text", text, text.line, text.column)

    def _settings(self, inside: dict[Placed, Any], keys: frozenset[str]) -> Iterator[Mention]:
        for key, block in inside.items():
            if key in keys:
                yield from self._block(block, declared=key == "secrets")

    def _block(self, block: object, *, declared: bool) -> Iterator[Mention]:
        if id(block) in self._blocks:
            return
        self._blocks.add(id(block))
        if isinstance(block, dict):
            for name, value in block.items():
                if name == "<<":
                    for merged in value if isinstance(value, list) else [value]:
                        yield from self._block(merged, declared=declared)
                else:
                    yield from _setting(name, value, declared=declared)
        elif isinstance(block, list):
            for item in block:
                yield from _listed(item)


def _mention(place: Placed, name: str) -> Mention:
    return Mention("name", str(name), place.line, place.column)


def _setting(name: Placed, value: object, *, declared: bool) -> Iterator[Mention]:
    """Give a variable; a mapping that gives no value is something else, as Babel's `env`."""
    inner = value.get("value") if isinstance(value, dict) else value
    if isinstance(inner, Placed) or declared:
        yield _mention(name, name)
    if isinstance(inner, Placed):
        yield Mention("value", inner, inner.line, inner.column, name)


def _listed(item: object) -> Iterator[Mention]:
    if isinstance(item, Placed):
        name, _, value = item.partition("=")
        yield _mention(item, name)
        yield Mention("value", value, item.line, item.column, name)
    elif isinstance(item, dict) and isinstance(item.get("name"), Placed):
        yield from _setting(item["name"], item, declared=True)


def _expressions(text: Placed) -> Iterator[Mention]:
    for expression in _EXPRESSION.findall(text) if "secrets" in text else ():
        for attribute, key in _SECRET.findall(expression):
            yield _mention(text, attribute or key)
