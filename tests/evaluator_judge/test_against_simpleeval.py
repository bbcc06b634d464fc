"""Our reading of expressions against what the server evaluates them with.

Runs in the nox session `evaluator`; elsewhere it is skipped, as it takes the server's Python.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_julep_secrets.tasks.expressions import code_of, uses_in

simpleeval = pytest.importorskip("simpleeval")
box = pytest.importorskip("box")
pytestmark = pytest.mark.skipif(sys.version_info < (3, 12), reason="The server runs on 3.12.")

PAGE = Path(__file__).parents[2] / "docs/reference/tasks.md"
ROW = r"^\| `(.+)` \| (required|optional|dynamic|rejected|inert|none) \| (?:`(.+)` )?\|$"
ROWS = re.findall(ROW, PAGE.read_text(encoding="utf-8"), re.MULTILINE)
VALUE = "sk-fake-1f9c27d4"
FAILED = object()


def evaluate(text: str, secrets: dict[str, str]) -> Any:
    """What the server makes of a string; `FAILED` if it is an error."""
    names = {
        "secrets": box.Box(secrets),
        "_": box.Box({"x": "X", "region": "eu", "name": "a"}),
        "steps": box.Box({"0": {"output": {"secrets": {"a": "another's"}}}}),
    }
    functions = {"dump_json": json.dumps, "len": len, "str": str, "list": list}
    evaluator = simpleeval.EvalWithCompoundTypes(names=names, functions=functions)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return evaluator.eval(code_of(text).source)
        except Exception:  # noqa: BLE001 - whatever it is, the server's step fails
            return FAILED


def named(kind: str) -> list[tuple[str, str]]:
    return [(text, name) for text, one, name in ROWS if one == kind]


@pytest.mark.parametrize(("text", "name"), named("required"))
def test_without_what_is_required_it_fails(text: str, name: str) -> None:
    assert evaluate(text, {}) is FAILED
    assert VALUE in str(evaluate(text, {name: VALUE}))


@pytest.mark.parametrize(("text", "name"), named("optional"))
def test_without_what_is_optional_it_does_not(text: str, name: str) -> None:
    assert evaluate(text, {}) is not FAILED
    assert evaluate(text, {}) != evaluate(text, {name: VALUE})


@pytest.mark.parametrize("text", [text for text, _ in named("dynamic")])
def test_what_is_dynamic_takes_some(text: str) -> None:
    assert evaluate(text, {"a": VALUE, "eu_key": VALUE}) is not FAILED


@pytest.mark.parametrize(("text", "name"), named("rejected"))
def test_what_is_rejected_fails_or_is_not_the_value(text: str, name: str) -> None:
    result = evaluate(text, {name: VALUE})

    assert result is FAILED or not isinstance(result, str)


@pytest.mark.parametrize("text", [text for text, _ in [*named("inert"), *named("none")]])
def test_what_is_none_never_gets_the_value(text: str) -> None:
    assert VALUE not in str(evaluate(text, {"a": VALUE}))


ATOMS = st.sampled_from(
    [
        "secrets", "secrets.a", "secrets['a']", "secrets.get('a', 'd')", "'a' in secrets",
        "secrets.values()", "secrets.items", "_.x", "'x'", "'secrets.a'", "len('x')",
    ]
)  # fmt: skip
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("({} == {})".format, inner, inner),
        st.builds("{{'k': {}}}".format, inner),
        st.builds("[{} for secrets in [{}]]".format, inner, inner),
        st.builds("[{} for x in [{}] if {}]".format, inner, inner, inner),
        st.builds("str({})".format, inner),
        st.builds("f'{{{}}}'".format, inner),
    ),
    max_leaves=8,
)


@settings(max_examples=1000, deadline=None)
@given(st.one_of(st.builds("$ {}".format, EXPRESSIONS), st.builds("x {{{}}}".format, EXPRESSIONS)))
def test_a_string_whose_outcome_depends_on_a_secret_has_a_reference(text: str) -> None:
    outcomes = {str(evaluate(text, secrets)) for secrets in ({"a": VALUE}, {"a": "other"}, {})}

    if len(outcomes) > 1:
        assert any(use.kind != "inert" for use in uses_in(text))
