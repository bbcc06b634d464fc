"""Section "LLM Provider Keys": the block, its halves, and which keys are looked up."""

from __future__ import annotations

import pytest

from guide.guide import sample
from guide.page import told
from guide.trying import Outcome, Trying
from pytest_julep_secrets import MockSecrets

PYTHON, NODE = sample("llm_provider_keys.py"), sample("llm_provider_keys.mjs")


def test_the_whole_block(try_out: Trying) -> None:
    outcome = try_out(PYTHON.read_text() + NODE.read_text())

    assert outcome == Outcome("SyntaxError: 'await' outside function")
    assert f"`{outcome.error}`" in told(PYTHON, "what happens")


def test_pythons_half(try_out: Trying, mock_secrets: MockSecrets) -> None:
    assert try_out(PYTHON.read_text()) == Outcome(requests=["create 201"])
    assert dict(mock_secrets) == {"OPENAI_API_KEY": "sk-..."}


def test_nothing_looks_up_the_key_of_nodes_half(mock_secrets: MockSecrets) -> None:
    (key,) = mock_secrets.create_llm_keys("claude-sonnet-4")

    assert key.name == "BEDROCK_API_KEY"
    with pytest.raises(ValueError, match="ANTHROPIC_API_KEY"):
        mock_secrets.create_llm_keys("ANTHROPIC_API_KEY")
