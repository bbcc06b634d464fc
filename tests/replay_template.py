"""The templates in the recordings: placeholders, generators, and comparing with what came."""

from __future__ import annotations

import hashlib
import json
import operator
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

BASE_URL: Final = "http://julep.test:8080"
DEVELOPERS: Final = {
    "zero": UUID(int=0),
    **{
        name: UUID(f"0195a000-0000-7000-8000-0000000000{end}")
        for name, end in (
            ("a", "0a"),
            ("b", "0b"),
            ("overlimit", "0c"),
            ("overlimit_paid", "0d"),
            ("inactive_with_usage", "0e"),
            ("inactive_no_usage", "0f"),
            ("unknown", "ff"),
        )
    },
}

_PLACEHOLDER: Final = re.compile(
    r"\{(?:(?P<field>id|created_at|updated_at|deleted_at):(?P<saved>\w+(?:\{n\})?)"
    r"|dev:(?P<developer>\w+)|(?P<constant>api_key|base_url)|(?P<number>n))\}"
)
_TIMESTAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(?!000000)\d{6})?Z")


def _incompressible(seed: str, length: int) -> str:
    hashes = (hashlib.sha256(f"{seed}:{n}".encode()).hexdigest() for n in range(length // 64 + 1))
    return ("n" + "".join(hashes))[:length]


def _nest(key: str, depth: int, leaf: object) -> object:
    for _ in range(depth):
        leaf = {key: leaf}
    return leaf


_GENERATORS: Final[dict[str, Callable[..., object]]] = {
    "$repeat": operator.mul,
    "$hex": _incompressible,
    "$nest": _nest,
}


@dataclass
class Scene:
    """What the placeholders of one case stand for.

    Attributes:
        api_key: The server's key.
        saved: Replies kept by `save_as`.
        number: Of a repeated or parallel request, or of an item of a sequence.
    """

    api_key: str
    saved: dict[str, dict[str, str]] = field(default_factory=dict)
    number: int | None = None

    @contextmanager
    def numbered(self, number: int) -> Iterator[None]:
        """Let `{n}` be this number."""
        self.number = number
        yield
        self.number = None

    def fill(self, text: str) -> str:
        """Put in what the placeholders of a text stand for."""
        return _PLACEHOLDER.sub(self._meaning, text)

    def _meaning(self, found: re.Match[str]) -> str:
        if found["field"]:
            return self.saved[self.fill(found["saved"])][found["field"]]
        if found["developer"]:
            return str(DEVELOPERS[found["developer"]])
        if found["constant"]:
            return self.api_key if found["constant"] == "api_key" else BASE_URL
        return found[0] if self.number is None else str(self.number)

    def expand(self, template: Any) -> Any:
        """Fill every text of a template and run its generators."""
        if isinstance(template, str):
            return self.fill(template)
        if isinstance(template, list):
            return [self.expand(item) for item in template]
        if isinstance(template, dict):
            return self._expand_object(template)
        return template

    def _expand_object(self, template: dict[str, Any]) -> Any:
        key = next(iter(template), "")
        if key == "$seq":
            return list(self._sequence(template["item"], *template["$seq"]))
        if key == "$concat":
            return "".join(self.expand(part) for part in template["$concat"])
        if key in _GENERATORS:
            return _GENERATORS[key](*template[key])
        return {key: self.expand(value) for key, value in template.items()}

    def _sequence(self, item: object, first: int, last: int) -> Iterator[object]:
        step = 1 if first <= last else -1
        for number in range(first, last + step, step):
            with self.numbered(number):
                yield self.expand(item)


def dumps(content: object) -> str:
    """Write JSON as the server does."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def settle(expected: Any, actual: Any) -> Any:
    """Put what came in the places where anything of its kind may stand."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        return {key: settle(value, actual.get(key)) for key, value in expected.items()}
    if isinstance(expected, list) and isinstance(actual, list):
        settled = [settle(*pair) for pair in zip(expected, actual, strict=False)]
        return settled + expected[len(actual) :]
    fits = isinstance(actual, str) and _is_kind(expected, actual)
    return actual if fits else expected


def _is_kind(kind: object, text: str) -> bool:
    if kind == "<timestamp>":
        return _TIMESTAMP.fullmatch(text) is not None
    return kind == "<uuid>" and len(text) == 36 and str(UUID(text)) == text and text[14] == "7"


_RELATIONS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
}


def check_relations(checks: Iterable[str], content: dict[str, str], scene: Scene) -> None:
    """Check relations such as `updated_at > created_at` between fields of a reply."""
    for check in checks:
        left, relation, right = check.split(" ")
        sides = [scene.fill(side) if "{" in side else content[side] for side in (left, right)]

        assert _RELATIONS[relation](*map(_comparable, sides)), f"{check}: {sides}"


def _comparable(text: str) -> str | datetime:
    # As texts a timestamp without a fraction would not compare.
    return datetime.fromisoformat(text) if _TIMESTAMP.fullmatch(text) else text
