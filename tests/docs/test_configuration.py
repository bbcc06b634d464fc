"""Fixtures, marker, options and extras: each is in its table, and each row is there."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from typing import Any, Final

import pytest

from docs.pages import PAGES, ROOT, code, table
from pytest_julep_secrets.guards.levels import DEFAULTS, LEVELS
from pytest_julep_secrets.plugin import options, settings

PAGE: Final = "reference/configuration.md"


class Parser:
    """Keeps what pytest is told of options."""

    def __init__(self) -> None:
        self.options: dict[str, dict[str, Any]] = {}
        self.ini: dict[str, str] = {}

    def getgroup(self, *_: str) -> Parser:
        return self

    def addoption(self, name: str, **more: Any) -> None:
        self.options[name] = more

    def addini(self, name: str, _help: str, type: str) -> None:  # noqa: A002 - pytest's word
        self.ini[name] = type


@pytest.fixture(scope="module")
def declared() -> Parser:
    parser = Parser()
    options.declare_options(parser)  # type: ignore[arg-type]
    return parser


def test_fixtures(pytester: pytest.Pytester) -> None:
    text = pytester.runpytest_subprocess("--fixtures").stdout.str()
    found = re.findall(r"^(\w+) -- .*pytest_julep_secrets.plugin", text, re.MULTILINE)

    assert {row[0].strip("`") for row in table(PAGE, "fixture | what it is")} == set(found)


def test_keywords_of_the_marker() -> None:
    rows = table(PAGE, "| default | meaning")
    known = {field.name for field in dataclasses.fields(settings.Options)} - {"levels"}
    (checks,) = [row for row in rows if "names" in code(row[0])]

    assert {name for row in rows for name in code(row[0])} == known | set(DEFAULTS)
    assert set(settings._KEYWORDS) | {"seed"} == known
    assert set(code(checks[0])) == set(DEFAULTS)
    assert code(checks[2]) == [f'"{level}"' for level in LEVELS]


@pytest.mark.parametrize(
    "name", ["api_key", "developer", "exact_headers", "id_seed", "documented_api"]
)
def test_a_default_of_the_marker(name: str) -> None:
    (row,) = [row for row in table(PAGE, "| default | meaning") if code(row[0]) == [name]]
    default = getattr(settings.Options(), name)

    # What None means is said in words.
    assert row[1] == f"`{default}`" if default is not None else code(row[1]) == []


def test_options(declared: Parser) -> None:
    rows = {code(row[0])[0]: row[1] for row in table(PAGE, "option | meaning")}

    assert list(rows) == [
        f"{name} {more.get('metavar', '')}".strip() for name, more in declared.options.items()
    ]
    repeatable = {row.partition(" ")[0] for row, meaning in rows.items() if "repeatable" in meaning}
    assert repeatable == {
        name for name, more in declared.options.items() if more.get("action") == "append"
    }


def test_ini_options(declared: Parser) -> None:
    rows = {code(row[0])[0]: row[1] for row in table(PAGE, "ini option | meaning")}

    assert list(rows) == list(declared.ini)
    assert {name for name, meaning in rows.items() if re.search(r"one( \w+)? a line", meaning)} == {
        name for name, kind in declared.ini.items() if kind == "linelist"
    }


def test_extras() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    rows = [code(row[0])[0] for row in table(PAGE, "extra | brings")]

    assert rows == list(project["optional-dependencies"])


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.name)
def test_no_page_has_an_option_that_is_not_there(page: Any, declared: Parser) -> None:
    text = page.read_text(encoding="utf-8")
    found = set(re.findall(r"--julep-secrets[a-z-]*", text)) | set(
        re.findall(r"\bjulep_secrets_\w+(?= =|`)", text)
    )

    assert found - {*declared.options, *declared.ini, "--julep-secrets-"} == set()
