"""Texts that hold no value, and nothing is found in them."""

from __future__ import annotations

import random
import string
import sysconfig
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaks.corpus import VALUES
from pytest_julep_secrets.leaks.search import Search


def search(*values: str) -> Search:
    made = Search()
    for value in values:
        made.add(value)
    return made


def generated(count: int) -> list[str]:
    """Values as providers make them, the same in every run."""
    chance = random.Random(27)
    word = string.ascii_letters + string.digits

    def some(length: int, of: str = word) -> str:
        return "".join(chance.choices(of, k=length))

    shapes = [
        lambda: f"sk_live_{some(24)}",
        lambda: f"ghp_{some(36)}",
        lambda: f"AKIA{some(16, string.ascii_uppercase + string.digits)}",
        lambda: some(40, word + "+/"),
        lambda: some(32, "0123456789abcdef"),
        lambda: f"eyJhbGciOiJIUzI1NiJ9.{some(40)}.{some(43, word + '-_')}",
        lambda: f"postgres://app:{some(12)}@db.example.com:5432/app",
        lambda: f"xoxb-{some(12, string.digits)}-{some(24)}",
        lambda: "-".join(some(4, "0123456789abcdef") for _ in range(8)),
        lambda: some(20, word + string.punctuation),
    ]
    return [shapes[number % len(shapes)]() for number in range(count)]


VALUES_OF_PROVIDERS: Final = search(*generated(1000))
SOURCES: Final = sorted(Path(sysconfig.get_paths()["stdlib"]).rglob("*.py"))


def test_nothing_is_found_in_the_standard_library() -> None:
    alarms = []
    size = 0
    # Many small files as one: a text costs something by itself.
    texts = [
        path.read_text("utf-8", "surrogateescape")
        for path in SOURCES
        if "site-packages" not in path.parts
    ]
    for start in range(0, len(texts), 50):
        text = "\n".join(texts[start : start + 50])
        size += len(text)
        alarms += VALUES_OF_PROVIDERS.find(text)

    assert size > 10_000_000
    assert alarms == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=2000) | st.binary(max_size=2000).map(lambda data: data.decode("latin-1")))
def test_nothing_is_found_in_any_text(text: str) -> None:
    assert VALUES_OF_PROVIDERS.find(text) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("my-test-secret-value", "my test secret value"),
        ("my test secret value", "my-test-secret-value"),
        ("mytestsecretvalue", "my test secret value"),
        ("my test secret value", "mytestsecretvalue"),
        ("my-test-secret", "my-test, secret"),
        ("my.test", "my test"),
        ("abc-def", "abcdef"),
        ("abc\\def", "abcdef"),
        ('abc"def', "abcdef"),
        ("abcdef", "a b cdef"),
        ("abcdef", "abc, def"),
        ("abcdef", "a-b-c-d-e-f"),
        ("abcdef", "fedcba"),
        ("abcdef", "ABCDEF"),
        ("abcdef", "abc''def"[:4] + "x'def"),
        ("b'abc+", "b'abc"),
    ],
)
def test_what_only_looks_alike_is_not_the_value(value: str, text: str) -> None:
    assert search(value).find(text) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("sk_live_Zq7CaNx81LmQwT5rV0bYhJ2d", "sk_live_ and sk_live_Zq7CaNx"),
        ("postgres://app:hunt1234567890@db.example.com/app", "at db.example.com/app"),
        ("https://hooks.example.com/services/T00/B00/XyZ", "https://hooks.example.com/services"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "eyJhbGciOiJIUzI1NiJ9."),
        (VALUES["lines"], "-----BEGIN KEY-----\n...\n-----END KEY-----\n"),
    ],
)
def test_what_is_public_of_a_value_tells_nothing(value: str, text: str) -> None:
    assert search(value).find(text) == []


def test_what_two_values_share_tells_nothing() -> None:
    one, two = "value-of-the-first-user", "value-of-the-second-user"

    assert [found.number for found in search(one).find("value-of-the-")] == [0]
    assert search(one, two).find("value-of-the-") == []
    assert [found.number for found in search(one, two).find(f"{one} {two}")] == [0, 1]


def test_the_name_a_value_begins_with_tells_nothing() -> None:
    made = Search()
    made.add("stripe_api_key_value", "stripe_api_key")

    assert made.find("stripe_api_key and stripe_api_key_") == []
