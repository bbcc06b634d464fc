"""The page of the Python API has what is public, under the first line of its docstring."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from typing import Final

import pytest

from docs.pages import section

PAGE: Final = section("reference/api.md")
ROWS: Final = re.findall(r"^\| from `(.+?)` .*\n\| ---.*\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
MODULES: Final = dict.fromkeys(module for module, _ in ROWS)


@pytest.mark.parametrize("module", MODULES)
def test_what_is_public(module: str) -> None:
    home = import_module(module)
    told = {
        name: text
        for where, rows in ROWS
        if where == module
        for name, text in re.findall(r"^\| `(\w+)` \| (.*) \|$", rows, re.MULTILINE)
    }
    known = getattr(home, "__all__", ["JulepSecretsProvider"])

    assert told == {
        name: (inspect.getdoc(getattr(home, name)) or "").partition("\n")[0] for name in known
    }
    for name in known:
        kind = "class" if inspect.isclass(getattr(home, name)) else "function"
        assert len(re.findall(rf"^\.\. auto{kind}:: {module}\.{name}\b", PAGE, re.M)) == 1


def test_every_module_that_names_what_is_public_is_there() -> None:
    home = "pytest_julep_secrets"

    assert set(MODULES) == {home, *(f"{home}.{name}" for name in ("tasks", "contract", "faker"))}
