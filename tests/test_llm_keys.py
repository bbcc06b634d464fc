"""Which secret a model's key is looked up in."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.fake.rules.names import is_valid
from pytest_julep_secrets.guards.credentials import credential_rule
from pytest_julep_secrets.guards.names import production_reason
from pytest_julep_secrets.llm_keys import (
    DOCUMENTED,
    MODELS,
    NAMES,
    PROVIDERS,
    in_the_right_case,
    make_up,
    needed_for,
)

PAGE = Path(__file__).parents[1] / "docs/how-to/llm-keys.md"


def test_the_table_has_as_many_models_of_each_key_as_the_server_s() -> None:
    """But for one of Bedrock's twelve, which no source that we have seen names."""
    assert Counter(MODELS.values()) == {
        "AMAZON_API_KEY": 3,
        "BEDROCK_API_KEY": 11,
        "GEMINI_API_KEY": 7,
        "GROQ_API_KEY": 9,
        "OPENAI_API_KEY": 20,
        "OPENROUTER_API_KEY": 23,
        "VOYAGE_API_KEY": 2,
        "": 3,
    }


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("gpt-4o", "OPENAI_API_KEY"),
        ("text-embedding-3-large", "OPENAI_API_KEY"),
        ("claude-sonnet-4", "BEDROCK_API_KEY"),
        ("meta-llama/llama-4-scout", "OPENROUTER_API_KEY"),
        ("meta-llama/llama-4-scout-17b-16e-instruct", "GROQ_API_KEY"),
        ("BAAI/bge-m3", ""),
        ("openai", "OPENAI_API_KEY"),
        ("anthropic", "BEDROCK_API_KEY"),
        ("google", "GEMINI_API_KEY"),
        ("VOYAGE_API_KEY", "VOYAGE_API_KEY"),
    ],
)
def test_what_a_model_or_a_provider_needs(wanted: str, name: str) -> None:
    assert needed_for(wanted) == name


@pytest.mark.parametrize(
    ("wanted", "advice"),
    [
        ("GPT-4o", "There is no model, provider or LLM key 'GPT-4o'"),
        ("openai_api_key", "There is no model, provider or LLM key 'openai_api_key'"),
        ("ANTHROPIC_API_KEY", "It looks up 'BEDROCK_API_KEY'; ask for that."),
        ("COHERE_API_KEY", "the server never looks it up.\nLeave it out."),
    ],
)
def test_what_the_server_does_not_look_up_is_an_error(wanted: str, advice: str) -> None:
    with pytest.raises(ValueError, match=r"LLM key|documented") as caught:
        needed_for(wanted)

    assert advice in str(caught.value)


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("openai_api_key", "OPENAI_API_KEY"),
        ("Openai_Api_Key", "OPENAI_API_KEY"),
        ("OPENAI_API_KEY", None),
        ("OPENAI_KEY", None),
        ("anthropic_api_key", None),
        ("", None),
    ],
)
def test_the_case_of_a_name(name: str, right: str | None) -> None:
    assert in_the_right_case(name) == right


@pytest.mark.parametrize("name", NAMES)
def test_a_made_up_key_passes_every_guard_and_is_no_second_time_the_same(name: str) -> None:
    value, other = make_up(name), make_up(name)

    assert value != other
    assert "fake" in value
    assert credential_rule(value, time.time()) is None
    assert production_reason(name) is None
    assert is_valid(name)


def test_a_fake_stores_what_models_and_providers_need_once() -> None:
    secrets = MockSecrets()

    made = secrets.create_llm_keys("gpt-4o", "anthropic", "gpt-5", "BAAI/bge-m3")

    assert [one.name for one in made] == ["OPENAI_API_KEY", "BEDROCK_API_KEY"]
    assert [one.value for one in made] == [secrets[one.name] for one in made]
    assert len(secrets) == 2


def test_without_a_word_it_stores_all() -> None:
    secrets = MockSecrets()

    assert [one.name for one in secrets.create_llm_keys()] == list(NAMES)


def test_a_key_that_is_there_keeps_its_value() -> None:
    secrets = MockSecrets({"OPENAI_API_KEY": "sk-fake-mine"})

    assert [one.value for one in secrets.create_llm_keys("openai")] == ["sk-fake-mine"]


def test_a_model_that_is_not_known_stores_nothing() -> None:
    secrets = MockSecrets()

    with pytest.raises(ValueError, match="'gpt-none'"):
        secrets.create_llm_keys("gpt-4o", "gpt-none")

    assert len(secrets) == 0


def test_the_page_has_every_model_provider_and_name() -> None:
    page = PAGE.read_text(encoding="utf-8")

    for word in [*MODELS, *PROVIDERS, *NAMES, *DOCUMENTED]:
        assert f"`{word}`" in page
