"""Which engine is used."""

from __future__ import annotations

import importlib
import sys

import pytest

from pytest_julep_secrets.leaks import engine
from pytest_julep_secrets.leaks.ahocorasick_rs import FastMatcher
from pytest_julep_secrets.leaks.matcher import Matcher


def test_the_fast_one_is_used_where_it_is_installed() -> None:
    assert type(engine.fastest()) is FastMatcher


def test_without_it_our_own_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    monkeypatch.delitem(sys.modules, "pytest_julep_secrets.leaks.ahocorasick_rs")
    try:
        assert type(importlib.reload(engine).fastest()) is Matcher
    finally:
        monkeypatch.undo()
        importlib.reload(engine)
