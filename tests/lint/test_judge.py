"""What becomes of mentions."""

from __future__ import annotations

import re

import pytest

from pytest_julep_secrets.lint.judge import Rules, judge
from pytest_julep_secrets.lint.mention import Kind, Mention

# Put together, so that no scanner takes this file for a leak.
LIVE = "sk_live_" + "51HqLyjWDarjtT1zdp7dcKq9"
RULES = Rules(now=0.0)


def messages(*mentions: Mention, rules: Rules = RULES, text: str = "x") -> list[str]:
    entries = list(judge("a.py", text, mentions, rules))
    return [f"{entry.check}: {entry.message}" for entry in entries]


def mention(kind: Kind, text: str, name: str = "") -> Mention:
    return Mention(kind, text, 1, 1, name)


def test_a_name() -> None:
    assert messages(mention("name", "prod_key")) == [
        (
            "names: Secret name 'prod_key' looks like production: it contains the word 'prod'. "
            "Rename it, or allow it with --allow-name prod_key"
        )
    ]


def test_a_string_that_could_be_a_name_is_not_shown() -> None:
    assert messages(mention("string", "prod_key")) == [
        (
            "names: This string looks like a production secret's name: "
            "it contains the word 'prod'. Rename it, or end the line with # julep-secrets: allow"
        )
    ]


@pytest.mark.parametrize("kind", ["value", "text"])
def test_a_value(kind: Kind) -> None:
    assert messages(mention(kind, f"Bearer {LIVE}", "stripe_key")) == [
        (
            "credentials: The value of secret 'stripe_key' looks like a real credential "
            "(stripe-live-key). Make one up."
        )
    ]
    assert messages(mention(kind, LIVE)) == [
        "credentials: A value here looks like a real credential (stripe-live-key). Make one up."
    ]


def test_what_looks_like_neither() -> None:
    plain = [mention("name", "key"), mention("string", "a_b"), mention("value", "sk-fake-1")]

    assert messages(*plain) == []


def test_what_only_running_would_tell_makes_no_credential() -> None:
    url = "postgres://admin:{}@db.acme.com/main"

    assert messages(mention("value", url)) == []


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(f"prod_{LIVE}", id="a credential"),
        pytest.param(f"prd0{LIVE}x", id="a credential with something around it"),
        pytest.param("prod_://user:x@y", id="what no name is made of"),
        pytest.param("prod_hunter22x", id="a value of the file"),
        pytest.param("prod_\nkey", id="a line end"),
        pytest.param("prod_" + "k" * 200, id="too long"),
    ],
)
def test_a_name_that_holds_something_else_is_not_shown(name: str) -> None:
    found = messages(mention("name", name), mention("value", "hunter22x", name))

    (message,) = found
    assert message.startswith("names: This secret's name looks like production: it contains")
    assert message.endswith(". Rename it.")


def test_a_name_is_quoted_for_the_shell() -> None:
    assert messages(mention("name", "prod key"))[0].endswith("--allow-name 'prod key'")


def test_allowed_names_and_patterns() -> None:
    rules = Rules(0.0, frozenset({"prod_key"}), (re.compile("^acme_main_"),))

    assert messages(mention("name", "prod_key"), mention("string", "prod_key"), rules=rules) == []
    assert messages(mention("name", "acme_main_key"), rules=rules) == [
        (
            "names: Secret name 'acme_main_key' looks like production: it matches the pattern "
            "'^acme_main_'. Rename it, or allow it with --allow-name acme_main_key"
        )
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = 1  # julep-secrets: allow", 0),
        ("x = 1  #julep-secrets:allow because", 0),
        ("x = 1  # julep-secrets: allowed", 1),
        ("x = 1\n# julep-secrets: allow", 1),
    ],
)
def test_a_comment_lets_its_line_pass(text: str, found: int) -> None:
    assert len(messages(mention("name", "prod_key"), text=text)) == found
    assert len(messages(mention("value", LIVE), text=text)) == found
