"""Texts that hold no value, and nothing is found in them."""

from __future__ import annotations

import sysconfig
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaks.corpus import VALUES
from leaks.providers import search_for_a_thousand
from pytest_julep_secrets.leaks.search import Search


def search(*values: str) -> Search:
    made = Search()
    for value in values:
        made.add(value)
    return made


@pytest.fixture(scope="module")
def thousand() -> Search:
    return search_for_a_thousand()


LIBRARY: Final = Path(sysconfig.get_paths()["stdlib"])
# Its own tests are left to `nox -s false_alarms`, which takes minutes.
ELSEWHERE: Final = {"site-packages", "test", "tests", "idle_test"}
SOURCES: Final = [
    path
    for path in sorted(LIBRARY.rglob("*.py"))
    if ELSEWHERE.isdisjoint(path.relative_to(LIBRARY).parts)
]


def test_nothing_is_found_in_the_standard_library(thousand: Search) -> None:
    alarms = []
    size = 0
    texts = [path.read_text("utf-8", "surrogateescape") for path in SOURCES]
    # Many small files as one: a text costs something by itself.
    for start in range(0, len(texts), 50):
        text = "\n".join(texts[start : start + 50])
        size += len(text)
        alarms += thousand.find(text)

    assert size > 8_000_000
    assert alarms == []


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(max_size=2000) | st.binary(max_size=2000).map(lambda data: data.decode("latin-1"))
)
def test_nothing_is_found_in_any_text(thousand: Search, text: str) -> None:
    assert thousand.find(text) == []


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
