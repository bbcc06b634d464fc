"""A package that is imported already becomes what it would be with a changed statement."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from mutation.of_the_fake.grafting import Package

BASE = """\
from __future__ import annotations
from dataclasses import dataclass
LIMIT = 2
@dataclass(frozen=True, slots=True)
class Cost:
    amount: float = 1.0
    most: int = LIMIT
    def is_high(self) -> bool:
        return self.amount > LIMIT
class Odd:
    def is_odd(self) -> bool:
        return True
def text_of(cost: Cost, sign: str = "$") -> str:
    return f"{sign}{cost.amount}"
"""
TOP = """\
from grafted.base import LIMIT, Cost, Odd, text_of
DOUBLE = LIMIT * 2
SHOWN = text_of(Cost())
ODD = Odd()
"""


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ModuleType, ...]]:
    folder = tmp_path / "grafted"
    folder.mkdir()
    for name, text in {"__init__": "", "base": BASE, "top": TOP}.items():
        (folder / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    yield import_module("grafted.top"), import_module("grafted.base")
    for name in ("grafted", "grafted.base", "grafted.top"):
        del sys.modules[name]


def test_a_function(modules: tuple[ModuleType, ...]) -> None:
    top, base = modules
    before = top.text_of

    changed = Package("grafted").graft(
        "grafted/base.py", 5, "def text_of(cost: Cost, sign='EUR ') -> str:\n    return sign\n"
    )

    assert top.text_of is base.text_of is before
    assert before(top.Cost()) == "EUR "
    # It is called by what is done at import.
    assert top.SHOWN == "EUR "
    assert changed


def test_only_a_function(modules: tuple[ModuleType, ...]) -> None:
    top, _ = modules

    changed = Package("grafted").graft(
        "grafted/base.py", 4, "class Odd:\n    def is_odd(self) -> bool:\n        return False\n"
    )

    assert not top.ODD.is_odd()
    assert not changed


def test_a_constant(modules: tuple[ModuleType, ...]) -> None:
    top, base = modules

    changed = Package("grafted").graft("grafted/base.py", 2, "LIMIT = 7\n")

    assert (base.LIMIT, top.LIMIT, top.DOUBLE, top.Cost().most) == (7, 7, 14, 7)
    assert not top.Cost(6).is_high()
    assert changed


def test_a_default_of_a_class(modules: tuple[ModuleType, ...]) -> None:
    top, _ = modules

    Package("grafted").graft(
        "grafted/base.py", 3, BASE[BASE.index("@") : BASE.index("class Odd")].replace("1.0", "5.0")
    )

    assert top.Cost().amount == 5.0
    assert top.SHOWN == "$5.0"
