"""What is done once a module is imported, and that nothing of it can be seen."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from pytest_julep_secrets.reach import imports

NAME = "awaited_module"


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A module that can be imported, and has not been."""
    (tmp_path / f"{NAME}.py").write_text("answer = 42\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield NAME
    sys.modules.pop(NAME, None)


def test_it_is_done_once_the_module_is_loaded(module: str) -> None:
    seen: list[ModuleType] = []
    undo = imports.after([module], seen.append)
    before = list(seen)

    loaded = importlib.import_module(module)
    importlib.import_module(module)
    undo()

    assert before == []
    assert seen == [loaded]
    assert loaded.answer == 42


def test_it_is_done_now_if_the_module_is_there_already(module: str) -> None:
    loaded = importlib.import_module(module)
    seen: list[ModuleType] = []

    imports.after([module], seen.append)()

    assert seen == [loaded]


def test_it_is_done_again_for_a_module_that_is_loaded_anew(module: str) -> None:
    seen: list[ModuleType] = []
    undo = imports.after([module], seen.append)

    first = importlib.import_module(module)
    del sys.modules[module]
    second = importlib.import_module(module)
    importlib.reload(second)
    undo()

    assert seen == [first, second, second]


def test_the_module_and_its_spec_show_nothing_of_it(module: str) -> None:
    plain = importlib.import_module(module)
    del sys.modules[module]
    undo = imports.after([module], lambda _: None)

    watched = importlib.import_module(module)
    undo()

    assert plain.__spec__ is not None
    assert watched.__spec__ is not None
    assert type(watched.__loader__) is type(plain.__loader__)
    assert type(watched.__spec__.loader) is type(plain.__spec__.loader)


def test_who_only_asks_where_a_module_is_can_ask_its_loader(module: str) -> None:
    undo = imports.after([module], lambda _: None)

    spec = importlib.util.find_spec(module)
    undo()

    assert spec is not None
    assert spec.loader.get_source(module) == "answer = 42\n"  # type: ignore[union-attr]


def test_what_is_not_there_is_not_found() -> None:
    seen: list[ModuleType] = []
    undo = imports.after(["no_such_module"], seen.append)

    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("no_such_module")
    undo()
    undo()

    assert seen == []


def test_two_at_once_are_both_done(module: str) -> None:
    seen: list[str] = []
    undo = [imports.after([module], lambda _: seen.append("first"))]
    undo += [imports.after([module], lambda _: seen.append("second"))]

    importlib.import_module(module)
    for step in undo:
        step()

    assert sorted(seen) == ["first", "second"]


def test_a_finder_that_cannot_find_is_passed_over(
    module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "meta_path", [object(), *sys.meta_path])
    seen: list[ModuleType] = []
    undo = imports.after([module], seen.append)

    loaded = importlib.import_module(module)
    undo()

    assert seen == [loaded]
