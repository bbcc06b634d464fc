"""Which secrets a string refers to: the server's evaluator, seen from outside."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.tasks.expressions import names_in, uses_in

PAGE = Path(__file__).parents[2] / "docs/reference/tasks.md"

REQUIRED = {
    "$ secrets.a": ["a"],
    "  $ secrets.a ": ["a"],
    "$ secrets['a']": ["a"],
    "$ f'Bearer {secrets.api_token}'": ["api_token"],
    "$ secrets.a + secrets.b": ["a", "b"],
    "$ True or secrets.a": ["a"],
    "$ secrets['items']": ["items"],
    "$ secrets['func_x']": ["func_x"],
    "$ secrets['a' 'b']": ["ab"],
    "$ secrets['a' + 'b']": ["ab"],
    "$ secrets.a.strip()": ["a"],
    "$ x = secrets.a": ["a"],
    "$ [x for x in [secrets.a]]": ["a"],
    "$ [secrets.a for x in _]": ["a"],
    "$ {'k': secrets.a}": ["a"],
    "$ secrets.a if _ else secrets['b']": ["a", "b"],
    "Bearer {secrets.a}": ["a"],
    "Bearer ${secrets.a}": ["a"],
    "{secrets.a:>10}": ["a"],
    "{secrets['a']}": ["a"],
    "{{secrets.a}}": ["a"],
    "{{ secrets['a'] }}": ["a"],
    "[secrets.a]": ["a"],
    "_[secrets.a]": ["a"],
    "_.x + secrets.a": ["a"],
    "outputs[0] + secrets.a": ["a"],
}
OPTIONAL = ["$ secrets.get('a', 'b')", "$ 'a' in secrets", "$ 'a' not in secrets"]
DYNAMIC = {
    "$ secrets": "{}",
    "$ dump_json(secrets)": "{}",
    "$ secrets[key]": "{}",
    "$ secrets[0]": "{}",
    "$ secrets[f'eu_{key}']": "eu_{}",
    "$ secrets['eu_' + key]": "eu_{}",
    "$ secrets['eu_{}'.format(key)]": "eu_{}",
    "$ secrets.get(key)": "{}",
    "$ secrets.items()": "{}",
    "$ [k for k in secrets]": "{}",
    "$ key in secrets": "{}",
    "{secrets}": "{}",
}
METHOD = "'{0}' is a method, and may show every secret; write secrets['{0}']"
REFUSED = "the server refuses attributes of this name; write secrets['NAME']"
UNPARSED = "it is no Python that could be parsed"
REJECTED = {
    "$ secrets.items": METHOD.format("items"),
    "$ secrets.get": METHOD.format("get"),
    "{secrets.to_json}": METHOD.format("to_json"),
    "$ secrets.func_x": REFUSED,
    "$ secrets._x": REFUSED,
    "$ secrets.format": REFUSED,
    "$ secrets.mro()": REFUSED,
    "$ secrets.class": UNPARSED,
    "$ secrets.a +": UNPARSED,
    "{secrets.a} }": UNPARSED,
    "{secrets.a": UNPARSED,
}
INERT = ["Bearer $ secrets.a", "$secrets.a", "$secrets['a']", "secrets.a", " secrets['a'] "]
NONE = [
    "$ steps[0].output.secrets.a",
    "$ _.secrets.a",
    "$ 'secrets.a'",
    "$ [secrets.a for secrets in _]",
    "$ {secrets: 1 for secrets in _ if secrets}",
    "$ [s for secrets in _ for s in secrets]",
    "secret://a",
    "The secrets of the trade",
    "[secrets.a] and more",
    "SECRETS.a",
    "",
]


@pytest.mark.parametrize(("text", "names"), REQUIRED.items())
def test_what_a_step_fails_without(text: str, names: list[str]) -> None:
    assert [(use.name, use.kind) for use in uses_in(text)] == [(name, "required") for name in names]


@pytest.mark.parametrize("text", OPTIONAL)
def test_what_a_step_does_without(text: str) -> None:
    assert uses_in(text) == [("a", "optional", "")]


@pytest.mark.parametrize(("text", "name"), DYNAMIC.items())
def test_what_only_running_would_tell(text: str, name: str) -> None:
    assert [(use.name, use.kind) for use in uses_in(text)] == [(name, "dynamic")]


@pytest.mark.parametrize(("text", "reason"), REJECTED.items())
def test_what_the_server_refuses(text: str, reason: str) -> None:
    assert [(use.kind, use.reason) for use in uses_in(text)] == [("rejected", reason)]


@pytest.mark.parametrize("text", INERT)
def test_what_only_looks_like_a_reference(text: str) -> None:
    reason = "the text is sent as it stands: code begins with '$ ', or stands in {braces}"

    assert uses_in(text) == [("a", "inert", reason)]


@pytest.mark.parametrize("text", NONE)
def test_what_is_none(text: str) -> None:
    assert uses_in(text) == []


def test_the_table_of_the_page_is_true() -> None:
    row = r"^\| `(.+)` \| (required|optional|dynamic|rejected|inert|none) \| (?:`(.+)` )?\|$"
    rows = re.findall(row, PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert len(rows) == 28
    for text, kind, name in rows:
        assert [use[:2] for use in uses_in(text)] == ([(name, kind)] if name else [])


def test_only_the_first_statement_is_evaluated() -> None:
    assert [(use.name, use.kind) for use in uses_in("$ secrets.a; secrets.b")] == [
        ("a", "required"),
        ("b", "inert"),
    ]


def test_a_default_may_be_a_reference_too() -> None:
    assert {(use.name, use.kind) for use in uses_in("$ secrets.get('a', secrets.b)")} == {
        ("a", "optional"),
        ("b", "required"),
    }


def test_a_name_that_the_comprehension_s_source_still_means() -> None:
    assert list(names_in("$ [secrets.a for secrets in secrets.b]")) == ["b"]


@pytest.mark.parametrize("text", ["$ f'{secrets['a']}'", "{f'{secrets['a']}'}"])
def test_the_quotes_of_python_312_are_never_taken_for_nothing(text: str) -> None:
    (use,) = uses_in(text)

    assert use[:2] == ("a", "required")
    if sys.version_info < (3, 12):
        assert use.reason == "this Python cannot read it, the server's 3.12 may"


@pytest.mark.parametrize(
    "text",
    [
        "$ " + "(" * 5000 + "secrets.a",
        "$ " + "secrets.a + " * 20_000 + "1",
        "$ secrets['a'" + ".format()" * 3000 + "]",
        "$ secrets" + ".a" * 50_000,
        "$ secrets.a\0",
    ],
    ids=["parentheses", "sum", "calls", "attributes", "NUL"],
)
def test_what_is_too_much_for_the_parser_is_told_all_the_same(text: str) -> None:
    uses = uses_in(text)

    assert uses
    assert {use.kind for use in uses} <= {"rejected", "dynamic", "required"}


PARTS = ["$", "secrets", ".a", "[", "]", "'", '"', "{", "}", "{{", "f'", "(", ")", "in", "for", ";"]


@given(st.lists(st.sampled_from(PARTS)))
def test_any_string_is_looked_into(parts: list[str]) -> None:
    for use in uses_in("$ " + " ".join(parts)) + uses_in("".join(parts)):
        assert use.name
        assert bool(use.reason) >= (use.kind in {"dynamic", "inert", "rejected"})
