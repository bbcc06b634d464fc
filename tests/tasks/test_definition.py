"""Whole task definitions: what they are given as, and what is too much."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_julep_secrets import ConfigurationError
from pytest_julep_secrets.documents import yaml
from pytest_julep_secrets.tasks import references

YAML = """\
name: refund
tools:
- name: stripe
  type: api_call
  api_call:
    headers:
      Authorization: Bearer {secrets.stripe_key}
main:
- tool: stripe
  secret_name: direct
  arguments: {n: 1, on: true}
- evaluate:
    key: $ secrets[f'eu_{_.region}']
- return: {a: "$ secrets.get('webhook')"}
"""
TASK: dict[str, Any] = {
    "name": "refund",
    "tools": [
        {
            "name": "stripe",
            "type": "api_call",
            "api_call": {"headers": {"Authorization": "Bearer {secrets.stripe_key}"}},
        }
    ],
    "main": [
        {"tool": "stripe", "secret_name": "direct", "arguments": {"n": 1, "on": True}},
        {"evaluate": {"key": "$ secrets[f'eu_{_.region}']"}},
        {"return": {"a": "$ secrets.get('webhook')"}},
    ],
}
FOUND = [
    ("stripe_key", "required", ("tools", 0, "api_call", "headers", "Authorization")),
    ("direct", "inert", ("main", 0, "secret_name")),
    ("eu_{}", "rejected", ("main", 1, "evaluate", "key")),
    ("webhook", "optional", ("main", 2, "return", "a")),
]


def test_a_task_is_a_mapping_or_a_text_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "refund.yaml"
    file.write_text(YAML, encoding="utf-8")

    for task in (TASK, YAML, json.dumps(TASK), file):
        assert [(one.name, one.kind, one.path) for one in references(task)] == FOUND


def test_of_a_text_each_has_its_line_and_column() -> None:
    assert [(one.line, one.column) for one in references(YAML)] == [
        (7, 22), (10, 16), (13, 10), (14, 15)
    ]  # fmt: skip
    assert [one.line for one in references(json.dumps(TASK, indent=1))] == [9, 17, 25, 30]
    assert [one.line for one in references(TASK)] == [None] * 4


@pytest.mark.parametrize(
    "part",
    [
        {"if": "$ secrets.a", "then": {"log": "x"}},
        [{"if": "$ secrets.a", "then": {"log": "x"}}],
        "if: $ secrets.a",
        "- if: $ secrets.a",
        '[{"if": "$ secrets.a"}]',
        "{if: $ secrets.a, then: {log: x}}",
    ],
)
def test_a_step_or_a_list_of_steps_will_do(part: Any) -> None:
    (one,) = references(part)

    assert (one.name, one.kind, one.path[-1]) == ("a", "rejected", "if")


def test_what_an_alias_repeats_is_told_wherever_it_is() -> None:
    text = "main:\n- arguments: &a {k: $ secrets.x}\n- evaluate: *a\n"

    assert [(one.path, one.kind, one.line) for one in references(text)] == [
        (("main", 0, "arguments", "k"), "required", 2),
        (("main", 1, "evaluate", "k"), "rejected", 2),
    ]


LAUGHS = "a0: &a0 [$ secrets.x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 8)
)
RING: dict[str, Any] = {"main": []}
RING["main"].append(RING)


def deep(depth: int) -> Any:
    inside: Any = "$ secrets.a"
    for _ in range(depth):
        inside = [inside]
    return {"main": inside}


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        pytest.param(RING, "It nests deeper than 100, or holds itself.", id="ring"),
        pytest.param(deep(5000), "It nests deeper than 100, or holds itself.", id="deep"),
        pytest.param("main: " + "[" * 500 + "]" * 500, "It nests deeper than 100.", id="deep YAML"),
        pytest.param('{"main": ' + "[" * 90_000, "It is more than Python's", id="deep JSON"),
        pytest.param(
            LAUGHS, "It has more than 100,000 parts, with what YAML's aliases repeat.", id="aliases"
        ),
        pytest.param("a: &a [*a]", "It nests deeper than 100, or holds itself.", id="ring of YAML"),
        pytest.param(
            {"main": [{"log": "$ secrets.a" + " " * 100_000}]},
            "It has a string longer than 100,000 characters.",
            id="long string",
        ),
        pytest.param(
            {"main": [{"log": "x"}] * 200_000}, "It has more than 100,000 parts", id="many"
        ),
        pytest.param("#" * 1_000_001, "It is larger than 1,000,000 characters.", id="large"),
        pytest.param("main: [", "It is not YAML.", id="not YAML"),
        pytest.param("main: \ud800", "It has half of a character", id="surrogate"),
        pytest.param("main: a\0", "It is not YAML.", id="NUL"),
        pytest.param("a: 1\na: 2", "It has a key twice.", id="twice"),
        pytest.param("", "It has 0 documents; a task is one.", id="empty"),
        pytest.param("a: 1\n---\nb: 1", "It has 2 documents; a task is one.", id="two"),
        pytest.param("refund.yaml", "this is a text. A file is given as a", id="file as a text"),
        pytest.param(None, "this is a NoneType.", id="nothing"),
        pytest.param(b"main: []", "this is a bytes.", id="bytes"),
        pytest.param(Path("none.yaml"), "There is no such file.", id="no file"),
        pytest.param(Path("a\0b"), "There is no such file.", id="no path"),
        pytest.param(Path(), "There is no such file.", id="folder"),
    ],
)
def test_what_is_none_or_too_much_is_refused_with_its_reason(task: Any, reason: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        references(task)

    assert reason in str(caught.value)
    assert str(caught.value).startswith("The task")
    assert "secrets.a" not in str(caught.value)


def test_a_refusal_says_where(tmp_path: Path) -> None:
    file = tmp_path / "refund.yaml"
    file.write_text("main:\n  a: [}\n", encoding="utf-8")

    with pytest.raises(ConfigurationError) as caught:
        references(file)

    assert str(caught.value) == (
        "The task file 'refund.yaml' cannot be read at line 2, column 7.\nIt is not YAML."
    )


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "refund.json"
    file.write_bytes(b'{"main": ["\xff"]}')

    with pytest.raises(ConfigurationError, match=r"It is not UTF-8\."):
        references(file)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "refund.yaml"
    with file.open("wb") as opened:
        opened.truncate(10_000_000)

    with pytest.raises(ConfigurationError, match="It is larger than 1,000,000 characters"):
        references(file)


def test_json_takes_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "yaml", None)

    assert len(references(json.dumps(TASK))) == 4
    with pytest.raises(ConfigurationError, match=r"pip install 'pytest-julep-secrets\[yaml\]'"):
        references(YAML)


def test_keys_of_any_kind_are_parts_of_a_path() -> None:
    (one,) = references({"main": [{"arguments": {None: {7: "$ secrets.a"}}}]})

    assert one.where == "main[0].arguments.None[7]"


WORDS = st.sampled_from(
    ["$ secrets.a", "{secrets.b}", "main", "tools", "evaluate", "secrets", "secret_name", "if", "x"]
)
ANYTHING = st.recursive(
    WORDS | st.text() | st.none() | st.integers() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(WORDS | st.integers(), inner),
)


@settings(max_examples=50)
@given(ANYTHING)
def test_of_anything_the_references_are_told_or_it_is_refused(task: Any) -> None:
    try:
        found = references(task)
    except ConfigurationError:
        return
    for one in found:
        place = task
        for part in one.path:
            place = place[part]
        assert place is one.text
