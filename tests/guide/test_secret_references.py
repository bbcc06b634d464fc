"""Section "Secret Reference Patterns": what the server makes of the three."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from guide.guide import sample
from guide.page import told
from pytest_julep_secrets import TaskError
from pytest_julep_secrets.tasks import check, references


def step(name: str) -> dict[str, Any]:
    """A task of one step, which has what the sample shows beside its tool."""
    shown = yaml.safe_load(sample(name).read_text(encoding="utf-8"))
    return {"main": [{"tool": "service", **shown}]}


def found(task: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in references(task)]


def test_direct_reference() -> None:
    task = step("direct_reference.yaml")

    with pytest.raises(TaskError) as failed:
        check(task, names=["openai_api_key"])

    assert found(task) == [("inert", "openai_api_key")]
    assert "nothing in the server reads it" in str(failed.value)
    assert "nothing reads it" in told(sample("direct_reference.yaml"), "what happens")


def test_multiple_secrets() -> None:
    task = step("multiple_secrets.yaml")

    with pytest.raises(TaskError) as failed:
        check(task, names=["api_key_secret_name", "auth_token_secret_name"])

    assert found(task) == [("inert", "api_key_secret_name"), ("inert", "auth_token_secret_name")]
    assert str(failed.value).count("nothing in the server reads it") == 2
    assert "nothing reads it" in told(sample("multiple_secrets.yaml"), "what happens")


def test_expression_reference() -> None:
    task = step("expression_reference.yaml")

    check(task, names=["api_token"])
    with pytest.raises(TaskError, match="secret 'api_token' is missing"):
        check(task, names=[])

    assert found(task) == [("required", "api_token")]
    assert told(sample("expression_reference.yaml"), "what happens").startswith("works")
