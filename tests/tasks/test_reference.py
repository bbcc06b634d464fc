"""The references of one string, by where it stands."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.tasks.reference import is_definition, references_at, strings
from pytest_julep_secrets.tasks.steps import Path, treatment

REFUSED = "the server refuses the task"
STEP: Path = ("main", 0)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"main": [], "name": "pay"}, True),
        ({"steps": []}, True),
        ({"tools": []}, True),
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


# 22 shapes that were tried on the server's own code.
@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (("evaluate", "key"), "$ secrets.a"),
        (("evaluate", "key"), "{{secrets.a}}"),
        (("evaluate", "key"), "_.x + secrets.a"),
        (("set", "key"), "$ secrets.a"),
        (("if",), "$ secrets.a"),
        (("if",), "outputs[0] == secrets.a"),
        (("foreach", "in"), "$ [secrets.a]"),
        (("then", "evaluate", "key"), "$ secrets.a"),
        (("else", "evaluate", "key"), "$ secrets.a"),
        (("foreach", "do", "evaluate", "key"), "$ secrets.a"),
        (("then", "foreach", "do", "if"), "$ secrets.a"),
    ],
)
def test_where_the_server_refuses_a_task_that_has_secrets(inner: Path, text: str) -> None:
    (one,) = references_at((*STEP, *inner), text)

    assert (one.name, one.kind) == ("a", "rejected")
    assert one.reason.startswith(REFUSED)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (("evaluate", "key"), "{secrets.a}"),
        (("evaluate", "key"), "[secrets.a]"),
        (("evaluate", "key", "inner"), "$ secrets.a"),
        (("if",), "{secrets.a}"),
        (("arguments", "url"), "$ secrets.a"),
        (("arguments", "headers", "Authorization"), "{{secrets.a}}"),
        (("return", "key"), "$ secrets.a"),
        (("log",), "{{secrets.a}}"),
        (("prompt", 0, "content"), "$ secrets.a"),
        (("switch", 0, "case"), "$ secrets.a"),
        (("switch", 0, "then", "evaluate", "key"), "$ secrets.a"),
        (("parallel", 0, "evaluate", "key"), "$ secrets.a"),
        (("over",), "$ [secrets.a]"),
        (("map", "evaluate", "key"), "$ secrets.a"),
        (("wait_for_input", "info", "key"), "$ secrets.a"),
    ],
)
def test_where_a_task_gets_its_secret(inner: Path, text: str) -> None:
    assert [one.kind for one in references_at((*STEP, *inner), text)] == ["required"]


@pytest.mark.parametrize(
    "path",
    [
        ("tools", 0, "api_call", "headers", "Authorization"),
        ("tools", 0, "integration", "setup", "key"),
        ("charge", 3, "arguments", "url"),
        ("main", 0, "<<", "arguments", "url"),
    ],
)
def test_tools_and_other_workflows_are_evaluated(path: Path) -> None:
    assert treatment(path, "$ secrets.a") == "evaluated"


@pytest.mark.parametrize(
    "path",
    [
        ("description",),
        ("metadata", "note"),
        ("tools", 0, "description"),
        ("main", 0, "secrets", "key"),
        ("main", 0, "model"),
        ("main", 0, "api_key"),
        ("main", 0, "then", "template_variables", "key"),
    ],
)
def test_what_nothing_reads(path: Path) -> None:
    (one,) = references_at(path, "$ secrets.a")

    assert (one.kind, one.reason) == ("inert", "nothing in the server reads this place")


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("main", 0, "secret_name"), "secret_name"),
        (("main", 0, "secrets", "alias"), "secrets"),
        (("tools", 0, "api_call", "secrets", "alias", "name"), "secrets"),
    ],
)
def test_what_is_documented_and_nothing_reads(path: Path, key: str) -> None:
    (one,) = references_at(path, "stripe_key")

    assert (one.name, one.kind) == ("stripe_key", "inert")
    assert one.reason == f"'{key}' is documented, but nothing in the server reads it"


@pytest.mark.parametrize(
    "path",
    [
        ("main", 0, "arguments", "secret_name"),
        ("main", 0, "arguments", "secrets", "alias"),
        ("main", 0, "return", "secret_name"),
        ("main", 0, "arguments", "name"),
    ],
)
def test_a_tool_s_own_argument_is_no_reference(path: Path) -> None:
    assert references_at(path, "stripe_key") == []


def test_code_where_a_tool_s_secrets_are_named_is_code() -> None:
    (one,) = references_at(("tools", 0, "api_call", "secrets", "alias"), "$ secrets.a")

    assert (one.name, one.kind) == ("a", "required")


def test_a_place_in_words() -> None:
    path = ("main", 0, "arguments", "X-Key", "a b", "\x1b[31m")
    (one,) = references_at(path, "$ secrets.a")

    assert one.where == "main[0].arguments['X-Key']['a b'][...]"
    assert repr(one) == f"<Reference: 'a', required, at {one.where}>"


@pytest.mark.parametrize("value", ["sk-fake-1f9c27d4\n", "Zk3v9QxT7bRw2LmN8pYc", "a" * 101])
def test_what_may_be_a_value_in_place_of_a_name_is_not_shown(value: str) -> None:
    (one,) = references_at(("main", 0, "secret_name"), value)

    assert one.name == value
    assert repr(one) == ("<Reference: a name that is not shown, inert, at main[0].secret_name>")
