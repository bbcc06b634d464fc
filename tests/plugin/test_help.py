"""What `pytest --help`, `--markers` and `--fixtures` say: enough, and alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from pytest_julep_secrets.guards.levels import DEFAULTS, LEVELS
from pytest_julep_secrets.plugin import options
from pytest_julep_secrets.plugin.settings import _KEYWORDS

ROOT: Final = Path(__file__).parent.parent.parent
PAGE: Final = (ROOT / "docs/reference/configuration.md").read_text()
# `faker` is there only with Faker's own plugin, which these runs do without.
FIXTURES: Final = {
    name
    for name in re.findall(r"^\| `(\w+)` \| ", PAGE.split("\n\n")[1], re.MULTILINE)
    if name != "faker"
}


class Declared:
    """Keeps what it is told, as `pytest.Parser` and its groups would."""

    def __init__(self) -> None:
        self.options: dict[str, dict[str, Any]] = {}
        self.ini: dict[str, tuple[str, str]] = {}

    def getgroup(self, name: str, description: str) -> Declared:
        assert description.startswith("julep secrets (")
        assert name.startswith("julep secrets")
        return self

    def addoption(self, name: str, **attributes: Any) -> None:
        self.options[name] = attributes

    def addini(self, name: str, text: str, type: str) -> None:  # noqa: A002 - pytest's word
        self.ini[name] = text, type


def declared() -> Declared:
    told = Declared()
    options.declare_options(told)  # type: ignore[arg-type]
    return told


DECLARED: Final = declared()


@pytest.mark.parametrize("name", DECLARED.options)
def test_the_help_of_an_option(name: str) -> None:
    attributes = DECLARED.options[name]
    text = attributes["help"]

    assert re.match("[a-z]", text)
    assert not text.endswith(".")
    assert text.endswith("; repeatable") == (attributes.get("action") == "append")
    assert "metavar" in attributes or attributes["action"] == "store_true"


@pytest.mark.parametrize("name", DECLARED.ini)
def test_the_help_of_an_ini_option(name: str) -> None:
    text, kind = DECLARED.ini[name]

    # An acronym may be first.
    assert re.match("[a-z]|[A-Z]{2}", text)
    assert not text.endswith(".")
    assert text.endswith(", one a line") == (kind == "linelist")


@pytest.mark.parametrize("name", [*DECLARED.options, *DECLARED.ini])
def test_the_page_has_every_option(name: str) -> None:
    assert re.search(rf"^\| `{name}[` ]", PAGE, re.MULTILINE)


def test_checks_and_levels_are_named() -> None:
    text = DECLARED.options["--julep-secrets"]["help"]

    assert [word for word in (*DEFAULTS, *LEVELS) if word not in re.findall(r"\w+", text)] == []


def test_options_are_in_the_help(pytester: pytest.Pytester) -> None:
    shown = pytester.runpytest("--help").stdout.str()

    assert [name for name in DECLARED.options if f"  {name}" not in shown] == []
    assert [name for name in DECLARED.ini if f"  {name} (" not in shown] == []


def marker(pytester: pytest.Pytester) -> list[str]:
    shown = pytester.runpytest("--markers").stdout.str()
    (found,) = re.findall(
        r"^@pytest\.mark\.julep_secrets(.*?)\n\n", shown, re.MULTILINE | re.DOTALL
    )
    return str(found).splitlines()


def test_the_marker_names_every_keyword(pytester: pytest.Pytester) -> None:
    first, *lines = marker(pytester)

    begins = re.findall(r"^    (\w[\w, ]*?)(?:  |$)", "\n".join(lines), re.MULTILINE)
    assert re.match(r"\(seed, /, \*\*keywords\): \w.*\.$", first)
    assert sorted(word for begin in begins for word in begin.split(", ")) == sorted(
        ["seed", *_KEYWORDS, *DEFAULTS]
    )
    assert [line for line in (first, *lines) if len(line) > 100] == []


def test_the_live_marker_is_told_in_one_line(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest("--markers")

    result.stdout.fnmatch_lines(["@pytest.mark.julep_live: *-m julep_live."])


def said(text: str) -> Iterator[tuple[str, list[str]]]:
    """Give each fixture of ours with the lines that are said of it."""
    for name, lines in re.findall(
        r"^(\w+) -- .*pytest_julep_secrets.*\n((?:    .*\n)+)", text, re.MULTILINE
    ):
        yield name, [line.strip() for line in lines.splitlines()]


def test_each_fixture_has_a_sentence_of_one_line(pytester: pytest.Pytester) -> None:
    short = dict(said(pytester.runpytest("--fixtures").stdout.str()))

    assert set(short) == FIXTURES
    for name, lines in short.items():
        (line,) = lines
        assert re.fullmatch(r"[A-Z].{30,95}\.", line), name
        # It is shown as it stands.
        assert "`" not in line, name


def test_each_fixture_has_more_for_who_asks(pytester: pytest.Pytester) -> None:
    long = dict(said(pytester.runpytest("--fixtures", "-v").stdout.str()))

    for name in FIXTURES:
        _, blank, *more = long[name]
        assert blank == "", name
        assert more[-1].endswith("."), name
