"""Which secret a model's key is looked up in, by the server's own table.

Source: agents_api, common/utils/llm_providers.py (a model's `api_key: os.environ/NAME` is the
name of the secret, upper and lower case distinct) and clients/litellm.py (a missing one is passed
over: the proxy's own key is used); src/llm-proxy/litellm-config.yaml, branch v1, August 2025, and
`claude-haiku-4-5` of Julep's page "Supported Models". A server may have another table.
"""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex
from typing import Final

_MODELS: Final = {
    "AMAZON_API_KEY": "amazon/nova-lite-v1 amazon/nova-micro-v1 amazon/nova-pro-v1",
    "BEDROCK_API_KEY": """
        claude-3-haiku claude-3-sonnet claude-3.5-haiku claude-3.5-sonnet
        claude-3.5-sonnet-20240620 claude-3.5-sonnet-20241022 claude-3.7-sonnet claude-haiku-4-5
        claude-opus-4 claude-opus-4-1 claude-sonnet-4
        """,
    "GEMINI_API_KEY": """
        gemini-1.5-pro gemini-1.5-pro-latest gemini-2.0-flash gemini-2.5-flash gemini-2.5-pro
        gemini-2.5-pro-preview-03-25 gemini-2.5-pro-preview-06-05
        """,
    "GROQ_API_KEY": """
        deepseek-r1-distill-llama-70b gemma2-9b-it llama-3.1-8b llama-3.1-8b-instant
        llama-3.3-70b-versatile meta-llama/Llama-Guard-4-12B
        meta-llama/llama-4-maverick-17b-128e-instruct meta-llama/llama-4-scout-17b-16e-instruct
        qwen/qwen3-32b
        """,
    "OPENAI_API_KEY": """
        gpt-4-turbo gpt-4.1 gpt-4.1-mini gpt-4.1-nano gpt-4o gpt-4o-mini gpt-5 gpt-5-2025-08-07
        gpt-5-chat gpt-5-chat-latest gpt-5-mini gpt-5-mini-2025-08-07 gpt-5-nano
        gpt-5-nano-2025-08-07 o1 o1-mini o1-preview o3-mini o4-mini text-embedding-3-large
        """,
    "OPENROUTER_API_KEY": """
        deepseek-chat deepseek/deepseek-r1-distill-llama-70b deepseek/deepseek-r1-distill-qwen-32b
        eva-llama-3.33-70b eva-qwen-2.5-72b hermes-3-llama-3.1-70b l3.1-euryale-70b
        l3.3-euryale-70b magnum-v4-72b meta-llama/llama-3.1-8b-instruct
        meta-llama/llama-3.3-70b-instruct meta-llama/llama-4-scout mistral-large-2411
        openrouter/meta-llama/llama-4-maverick openrouter/meta-llama/llama-4-maverick:free
        openrouter/meta-llama/llama-4-scout openrouter/meta-llama/llama-4-scout:free
        perplexity/sonar perplexity/sonar-deep-research perplexity/sonar-pro
        perplexity/sonar-reasoning perplexity/sonar-reasoning-pro qwen-2.5-72b-instruct
        """,
    "VOYAGE_API_KEY": "voyage-3 voyage-multilingual-2",
    # They need no key of anybody's.
    "": "Alibaba-NLP/gte-large-en-v1.5 BAAI/bge-m3 vertex_ai/text-embedding-004",
}

# The secret that each model of the table needs; "" for none.
MODELS: Final[Mapping[str, str]] = {
    model: name for name, models in _MODELS.items() for model in models.split()
}

# The names that the server looks up.
NAMES: Final = tuple(name for name in _MODELS if name)

# Names that Julep's documentation has and the server never looks up, with what it does.
DOCUMENTED: Final[Mapping[str, str]] = {
    "ANTHROPIC_API_KEY": "BEDROCK_API_KEY",
    "AZURE_OPENAI_API_KEY": "",
    "COHERE_API_KEY": "",
    "GOOGLE_API_KEY": "GEMINI_API_KEY",
}

# The name of each provider's key; of whom models come from and of whom the server gets them.
PROVIDERS: Final[Mapping[str, str]] = {
    "anthropic": "BEDROCK_API_KEY",
    "google": "GEMINI_API_KEY",
    **{name.removesuffix("_API_KEY").lower(): name for name in NAMES},
}

# What each provider's real keys begin with, for code that looks at that.
_PREFIXES: Final = {
    "GEMINI_API_KEY": "AIza-",
    "GROQ_API_KEY": "gsk_",
    "OPENAI_API_KEY": "sk-",
    "OPENROUTER_API_KEY": "sk-or-v1-",
    "VOYAGE_API_KEY": "pa-",
}


def make_up(name: str) -> str:
    """Make up a value for a provider's key: it begins as a real one does, and says "fake".

    No two are the same, so that a leak check can tell those of two tests apart.
    """
    return f"{_PREFIXES.get(name, '')}fake-{token_hex(8)}"


def in_the_right_case(name: str) -> str | None:
    """Return the name that the server looks up, of one that differs from it by case only.

    None if the name is one that it looks up, or no such name in any case.
    """
    upper = name.upper()
    return upper if upper in NAMES and upper != name else None


def needed_for(wanted: str) -> str:
    """Return the name of the secret that a model or a provider needs; "" for none.

    Args:
        wanted: A model such as "gpt-4o", a provider such as "openai", or the secret itself.

    Raises:
        ValueError: If the table has nothing of that name.
    """
    for table in (MODELS, PROVIDERS):
        if wanted in table:
            return table[wanted]
    if wanted in NAMES:
        return wanted
    if wanted in DOCUMENTED:
        instead = DOCUMENTED[wanted]
        advice = f"It looks up '{instead}'; ask for that." if instead else "Leave it out."
        raise ValueError(f"'{wanted}' is documented, but the server never looks it up.\n{advice}")
    raise ValueError(
        f"There is no model, provider or LLM key '{wanted}'.\n"
        f"Providers: {', '.join(sorted(PROVIDERS))}. Models: see pytest_julep_secrets.llm_keys."
    )
