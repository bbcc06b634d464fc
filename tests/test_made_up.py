"""Values that look as those of a provider do, and are never real."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.artefacts.credentials import find_credentials
from pytest_julep_secrets.artefacts.values import Values
from pytest_julep_secrets.guards.credentials import credential_rule
from pytest_julep_secrets.made_up import KINDS, LABEL, TAG, fill

MANY = 200
# Before anything expires.
NOW = 0.0

# What code looks at before it takes a value.
LOOKS = {
    "openai": r"sk-proj-[\w-]{48}",
    "anthropic": r"sk-ant-api03-[\w-]{95}",
    "gemini": r"AIza[\w-]{34}",
    "bedrock": r"ABSK[\w+/-]{128}",
    "groq": r"gsk_[\w-]{52}",
    "openrouter": r"sk-or-v1-.{10}[0-9a-f]{54}",
    "voyage": r"pa-[\w-]{42}",
    "cohere": r"[\w-]{40}",
    "stripe": r"sk_test_[\w-]{99}",
    "stripe_webhook": r"whsec_[\w-]{32}",
    "github": r"ghp_[\w-]{36}",
    "gitlab": r"glpat-[\w-]{19}",
    "slack": r"xoxb-[\w-]+-\d{13}-\w{24}",
    "sendgrid": r"SG\.[\w-]{22}\.[\w-]{37}",
    "twilio": r".{10}[0-9a-f]{22}",
    "aws_access_key_id": r"AKIA[A-Z2-7-]{16}",
    "aws_secret_access_key": r"[\w+/-]{40}",
    "database_url": r"postgresql\+psycopg://app:\S+@db\.example\.com:5432/app",
    "jwt": r"[\w-]+\.[\w-]+\.[\w-]{43}",
    "private_key": r"-----BEGIN .+ KEY-----\n(.{1,64}\n)+-----END .+ KEY-----\n",
    "webhook_url": r"https://hooks\.example\.com/services/T\w+/B\w+/\S+",
    "password": r"\S{24}",
    "generic": r"\S{40}",
}


def values(kind: str, count: int = MANY) -> list[str]:
    random = Random(kind)
    return [KINDS[kind].make(random) for _ in range(count)]


@pytest.mark.parametrize("kind", KINDS)
def test_each_looks_as_its_kind_does_and_differs_from_the_others(kind: str) -> None:
    made = values(kind)

    assert len(set(made)) == MANY
    assert [value for value in made if not re.fullmatch(LOOKS[kind], value)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_none_looks_real_to_our_own_rules(kind: str) -> None:
    made = values(kind)
    text = "".join(f"{value}\nvalue = {json.dumps(value)}\n" for value in made)

    assert [value for value in made if credential_rule(value, NOW)] == []
    assert list(find_credentials([text.encode()], NOW)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_gets_into_a_fake_under_its_name(kind: str) -> None:
    (value,) = values(kind, 1)

    with MockSecrets({KINDS[kind].name: value}) as secrets:
        assert secrets[KINDS[kind].name] == value


def test_a_token_can_be_decoded() -> None:
    (token,) = values("jwt", 1)
    header, payload, _ = token.split(".")

    def decoded(segment: str) -> dict[str, object]:
        return dict(json.loads(base64.urlsafe_b64decode(segment + "==")))

    assert decoded(header)["alg"] == "HS256"
    assert decoded(payload)["exp"] == 1_700_003_600


def test_a_pattern_has_holes_of_any_alphabet() -> None:
    filled = fill("a-{tag}-{a5}{25}{d5}{h5}{}", Random(1))

    assert re.fullmatch(
        rf"a-{TAG}-[A-Za-z\d]{{5}}[A-Z2-7]{{5}}\d{{5}}[\da-f]{{5}}\{{\}}",
        filled,
    )


# --- the mark

WAYS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 of a header": lambda text: base64.b64encode(f"user:{text}".encode()).decode(),
    "hex": lambda text: text.encode().hex(),
    "URL": lambda text: quote(text, safe=""),
    "JSON in JSON": lambda text: json.dumps(json.dumps({"key": text})),
    "repr": lambda text: repr([text]),
    "a start": lambda text: text[: len(text) * 7 // 8],
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_mark_alone_finds_it_in_any_form(kind: str, way: str) -> None:
    watch = Values(((LABEL, TAG),)).watch()
    (value,) = values(kind, 1)

    assert [hit.label for hit in watch.find(f"x {WAYS[way](value)} y", tuple)] == [LABEL]


@given(before=st.text(max_size=20), after=st.text(max_size=20), seed=st.integers(0, 1000))
def test_the_mark_finds_any_wherever_it_is(before: str, after: str, seed: int) -> None:
    watch = Values(((LABEL, TAG),)).watch()
    random = Random(seed)
    value = random.choice([*KINDS.values()]).make(random)
    text = base64.b64encode(f"{before}{value}{after}".encode("utf-8", "replace")).decode()

    assert watch.find(text, tuple)


def test_the_page_has_every_kind() -> None:
    page = Path(__file__).parent.parent / "docs/reference/made-up.md"
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (.+?) \| (.+?) \|$", page.read_text(), re.M)

    assert rows == [(kind, made.name, made.service, made.fault) for kind, made in KINDS.items()]
