"""The references in a task's definition."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_julep_secrets.tasks.references import is_definition, references, strings

TASK: dict[str, Any] = {
    "name": "pay",
    "tools": [
        {
            "name": "stripe",
            "type": "api_call",
            "api_call": {
                "headers": {"Authorization": "Bearer {secrets.stripe_key}"},
                "secrets": {"a": {"name": "by_ref"}, "b": "by_name", "c": "$ secrets.by_code"},
            },
        }
    ],
    "main": [
        {"tool": "stripe", "secret_name": "direct", "arguments": {"n": 1, "on": True}},
        {"evaluate": {"key": "$ secrets[f'eu_{x}']"}},
    ],
}


def test_each_with_its_path() -> None:
    call = ("tools", 0, "api_call")

    assert [(one.name, one.path) for one in references(TASK)] == [
        ("stripe_key", (*call, "headers", "Authorization")),
        ("by_ref", (*call, "secrets", "a", "name")),
        ("by_name", (*call, "secrets", "b")),
        ("by_code", (*call, "secrets", "c")),
        ("direct", ("main", 0, "secret_name")),
        ("eu_{}", ("main", 1, "evaluate", "key")),
    ]


def test_a_repr_has_no_text_in_it() -> None:
    (one,) = references({"main": [{"secret_name": "a"}]})

    assert repr(one) == "Reference(name='a', path=('main', 0, 'secret_name'))"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TASK, True),
        ({"steps": []}, True),
        ({"main": {}}, False),
        ({"jobs": {}}, False),
        ([{"main": []}], False),
        ("main", False),
    ],
)
def test_what_a_definition_is(data: object, expected: bool) -> None:
    assert is_definition(data) is expected


def test_what_is_there_twice_is_read_once_also_inside_of_itself() -> None:
    shared: dict[str, object] = {"a": "$ secrets.x"}
    shared["self"] = shared

    assert [path for path, _ in strings({"main": [shared, shared]}, set())] == [("main", 0, "a")]
