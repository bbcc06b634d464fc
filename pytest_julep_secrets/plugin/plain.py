"""Redacted copies of plain data, for where the original belongs to somebody else."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from operator import is_
from typing import Any, Final

Redact = Callable[[str], str]


# Deeper than that nobody looks, and copying would exhaust the stack.
_DEEPEST: Final = 50


def redacted_copy(value: Any, redact: Redact, within: tuple[int, ...] = ()) -> Any:
    """Return a value without secrets: itself where there are none.

    Strings, bytes, and lists, tuples, sets, dicts and dataclasses of them are copied; anything
    else whose repr holds a secret is replaced by something that shows the redacted repr.

    Args:
        value: Anything; it is left as it is.
        redact: Returns a text without values.
        within: The ids of what this is a part of.
    """
    if id(value) in within:
        return value
    # By exact type: a subclass may be anything.
    copier = _COPIERS.get(type(value), _of_object)
    if len(within) > _DEEPEST:
        copier = _of_shown
    return copier(value, redact, (*within, id(value)))


def _of_text(value: str, redact: Redact, _within: tuple[int, ...]) -> str:
    return redact(value)


def _of_bytes(value: bytes, redact: Redact, _within: tuple[int, ...]) -> bytes:
    text = value.decode("utf-8", "surrogateescape")
    safe = redact(text)
    return value if safe == text else safe.encode("utf-8", "surrogateescape")


def _of_collection(value: Any, redact: Redact, within: tuple[int, ...]) -> Any:
    copied = [redacted_copy(inner, redact, within) for inner in value]
    return value if all(map(is_, copied, value)) else type(value)(copied)


def _of_dict(value: dict[Any, Any], redact: Redact, within: tuple[int, ...]) -> dict[Any, Any]:
    pairs = list(value.items())
    copied = [redacted_copy(pair, redact, within) for pair in pairs]
    return value if all(map(is_, copied, pairs)) else dict(copied)


def _of_object(value: Any, redact: Redact, within: tuple[int, ...]) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = _of_dataclass(value, redact, within)
    return _of_shown(value, redact, within)


def _of_shown(value: Any, redact: Redact, _within: tuple[int, ...]) -> Any:
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - code of others; pytest copes with it
        return value
    safe = redact(text)
    return value if safe == text else _Shown(safe)


def _of_dataclass(value: Any, redact: Redact, within: tuple[int, ...]) -> Any:
    """Copy one field by field, so that pytest still tells which of them differ."""
    fields = {field.name: getattr(value, field.name, None) for field in dataclasses.fields(value)}
    safe = {name: redacted_copy(old, redact, within) for name, old in fields.items()}
    if all(safe[name] is old for name, old in fields.items()):
        return value
    copied = copy.copy(value)
    for name, new in safe.items():
        # Some are frozen.
        object.__setattr__(copied, name, new)
    return copied


class _Shown:
    """Stands for an object of which only the redacted repr may be seen."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


_COPIERS: Final[dict[type, Callable[[Any, Redact, tuple[int, ...]], Any]]] = {
    str: _of_text,
    bytes: _of_bytes,
    list: _of_collection,
    tuple: _of_collection,
    set: _of_collection,
    frozenset: _of_collection,
    dict: _of_dict,
}
