"""Whether a task would get its secrets, told in one failure."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any

import pytest

from pytest_julep_secrets import ConfigurationError, MockSecrets, TaskError
from pytest_julep_secrets.tasks import check

PAGE = Path(__file__).parents[2] / "docs/how-to/task-definitions.md"


def task(*arguments: str, **more: Any) -> dict[str, Any]:
    """One step for each argument."""
    return {"main": [{"tool": "t", "arguments": {"k": one}} for one in arguments], **more}


def problems(*args: Any, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(TaskError) as caught:
        check(*args, **more)
    return [(one.kind, one.message) for one in caught.value.problems]


def test_a_task_that_gets_its_secrets_passes() -> None:
    secrets = MockSecrets({"a": "sk-fake-1", "eu_key": "sk-fake-2"})

    check(
        task("{secrets.a}", "$ secrets.get('none')", "$ 'none' in secrets", "$ secrets[_.k]",
             "$ secrets[f'{_.region}_key']", "no reference"),
        names=secrets,
    )  # fmt: skip


def test_one_failure_tells_all() -> None:
    page = PAGE.read_text(encoding="utf-8")
    text = re.search(r"<!-- task -->\n```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    told = re.search(r"<!-- failure -->\n```text\n(.*?)\n```", page, re.DOTALL)
    assert text is not None
    assert told is not None

    with pytest.raises(TaskError) as caught:
        check(text[1], names=["stripe_key", "openai_api_key"])

    assert str(caught.value) == told[1]


def test_a_secret_that_is_not_among_the_newest_100_is_hidden() -> None:
    secrets = MockSecrets()
    for number in range(101):
        secrets.create(name=f"key{number}", value=f"sk-fake-{number}")

    check(task("{secrets.key1}"), names=secrets)
    assert problems(task("{secrets.key0}"), names=secrets) == [
        ("hidden", "secret 'key0' is not among the newest 100, and a task sees no others")
    ]
    check(task("{secrets.key0}"), names=set(secrets))
    check(task("{secrets.key0}"), names=dict.fromkeys(secrets, "sk-fake-1"))


def test_a_name_that_only_running_tells_is_missing_if_none_can_be_meant() -> None:
    check(task("$ secrets['%s' % x]"), names=[])
    assert problems(task("$ secrets[f'eu_{x}_key']", "$ secrets"), names=["eu_", "us_a_key"]) == [
        ("missing", "no secret has a name like 'eu_{}_key'")
    ]


def test_a_production_name_can_be_allowed() -> None:
    reference = task("{secrets.prod_key}")

    check(reference, names=["prod_key"], allow_names=["prod_key"])
    assert problems(reference, names=["prod_key"]) == [
        ("production", "secret name 'prod_key' looks like production: it contains the word 'prod'")
    ]


PROMPT = {"prompt": [{"role": "user", "content": "hello"}]}


@pytest.mark.parametrize(
    ("steps", "names", "told"),
    [
        pytest.param([PROMPT], ["openai_api_key"], ["OPENAI_API_KEY"], id="the agent's model"),
        pytest.param([PROMPT], ["openai_api_key", "OPENAI_API_KEY"], [], id="both cases"),
        pytest.param([PROMPT], ["OPENAI_API_KEY"], [], id="the right case"),
        pytest.param([PROMPT], [], [], id="no key"),
        pytest.param([{"log": "x"}], ["openai_api_key"], [], id="no prompt"),
        pytest.param(
            [{**PROMPT, "settings": {"model": "gpt-4o"}}],
            ["openai_api_key", "groq_api_key"],
            ["OPENAI_API_KEY"],
            id="only the model's own",
        ),
        pytest.param(
            [{**PROMPT, "settings": {"model": "claude-sonnet-4"}}],
            ["ANTHROPIC_API_KEY"],
            ["BEDROCK_API_KEY"],
            id="what is documented only",
        ),
        pytest.param(
            [{**PROMPT, "settings": {"model": "unknown"}}], ["openai_api_key"], [], id="unknown"
        ),
    ],
)
def test_the_keys_of_models(steps: list[Any], names: list[str], told: list[str]) -> None:
    if not told:
        check({"main": steps}, names=names)
        return

    assert problems({"main": steps}, names=names) == [
        ("llm key", f"'{names[0]}' is not looked up for models, '{right}' is") for right in told
    ]


def test_what_may_be_a_value_is_not_in_the_failure() -> None:
    value = "Zk3v9QxT7bRw2LmN8pYc"

    with pytest.raises(TaskError) as caught:
        check({"main": [{"secret_name": value}]}, names=[])

    assert value not in str(caught.value)
    assert "a name that is not shown is no reference" in str(caught.value)


@pytest.mark.parametrize("names", ["stripe_key", b"x", [1], [None], {1: "x"}])
def test_names_that_are_none_are_refused(names: Any) -> None:
    with pytest.raises(ConfigurationError, match="The names of the secrets have to be strings"):
        check(task(), names=names)


def test_the_failure_survives_the_way_to_another_process() -> None:
    with pytest.raises(TaskError) as caught:
        check(task("{secrets.a}"), names=[])
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - made here

    assert type(copy) is TaskError
    assert issubclass(TaskError, AssertionError)
    assert str(copy) == str(caught.value)
    assert copy.problems == caught.value.problems
