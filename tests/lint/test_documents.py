"""What YAML and JSON documents mention: tasks, workflows, settings."""

from __future__ import annotations

import pytest

from lint.reading import mentioned
from pytest_julep_secrets.lint.yaml import read


def names(source: str) -> list[str]:
    return [one.removeprefix("name ") for one in mentioned(read, source) if one.startswith("name")]


def test_a_task_definition() -> None:
    source = """
        name: pay
        tools: [{name: stripe, api_call: {secrets: {key: by_alias}}}]
        main:
          - arguments: {headers: {Authorization: "$ f'Bearer {secrets.token}'"}}
    """

    found = mentioned(read, source)

    assert [one for one in found if one.startswith("name")] == ["name by_alias", "name token"]
    assert "text $ f'Bearer {secrets.token}'" in found


def test_a_task_definition_inside_of_something_else() -> None:
    assert names("[{tasks: {pay: {main: [{secret_name: a}]}}}]") == ["a"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("env: {A: x}", ["A"], id="GitHub"),
        pytest.param("jobs: {j: {steps: [{env: {A: 1}}]}}", ["A"], id="GitHub, a step"),
        pytest.param("variables: {A: {value: x, description: d}}", ["A"], id="GitLab"),
        pytest.param("j: {secrets: {A: {vault: p}}}", ["A"], id="GitLab's vault"),
        pytest.param("on: {workflow_call: {secrets: {A: {required: true}}}}", ["A"], id="called"),
        pytest.param("services: {s: {environment: [A=x, B]}}", ["A", "B"], id="Compose, a list"),
        pytest.param("env: [{name: A, value: x}]", ["A"], id="Kubernetes"),
        pytest.param("env: {<<: {A: x}}", ["A"], id="merged"),
        pytest.param("env: {<<: [{A: x}, {B: y}]}", ["A", "B"], id="merged, several"),
        pytest.param("a: &a {A: x}\nenv: *a", ["A"], id="an alias"),
        pytest.param("j: {env: &a {A: x}}\nk: {env: *a}", ["A"], id="an alias, twice"),
        pytest.param("env: {production: {presets: []}}", [], id="Babel"),
        pytest.param("environment: production", [], id="GitHub's environment"),
        pytest.param("environment: {name: production}", ["name"], id="GitHub's, with a name"),
        pytest.param("secrets: inherit", [], id="inherited"),
        pytest.param("run: echo ${{ secrets.A }} ${{secrets['B']}}", ["A", "B"], id="expressions"),
        pytest.param("if: ${{ secrets.A != '' || secrets.B }}", ["A", "B"], id="operators"),
        pytest.param("run: secrets.A ${{ vars.B }} $A", [], id="other expressions"),
        pytest.param("other: {A: x}", [], id="other mappings"),
    ],
)
def test_settings(source: str, expected: list[str]) -> None:
    assert names(source) == expected


def test_values_have_the_names_that_they_are_for() -> None:
    source = "env: {A: x, B: {value: y}, C: [z]}\nenvironment: [D=u=v, {name: E, value: w}]"

    found = [one for one in mentioned(read, source) if one.startswith("value")]

    assert sorted(found) == [
        "value u=v of D",
        "value w of E",
        "value x of A",
        "value y of B",
    ]


def test_what_contains_itself_ends() -> None:
    assert names("&a {env: {A: x}, self: *a, list: &b [*b, *a]}") == ["A"]
