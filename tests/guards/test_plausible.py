"""Whether a text could be a real secret."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guards.credentials import BASE32, BASE62, HEX, URL, some
from pytest_julep_secrets.guards.plausible import is_plausible_password, is_plausible_token


@pytest.mark.parametrize(
    ("size", "alphabet"), [(16, BASE32), (20, BASE62), (32, HEX), (64, HEX), (100, URL)]
)
def test_random_characters_are_plausible_in_nearly_all_cases(size: int, alphabet: str) -> None:
    implausible = sum(not is_plausible_token(some(size, alphabet, seed)) for seed in range(2000))

    assert implausible <= 10


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "0" * 30,
        "ab" * 15,
        "abcdef" * 5,
        "0123456789abcdef0123456789abcdef",
        "zyxwvutsrqponmlkjihgfedcba",
        "aabbccddeeffgghhiijjkkll",
        "YourStripeSecretKey1234",
        "my-secret-token-a8Zq91Lm",
        "insert_your_key_here_a8Zq",
        "changeme-a8Zq91LmTs7Pq",
        "REPLACE_ME_a8Zq91LmTs7P",
        "not-a-real-key-a8Zq91L",
        "${STRIPE_KEY_a8Zq91LmTs}",
        "a8Zq91LmTs7P...k2Jd8Xn",
        "a8Zq91LmTs7PxXxXk2Jd8Xn",
    ],
)
def test_what_a_person_has_typed_is_not(text: str) -> None:
    assert not is_plausible_token(text)


@settings(deadline=None)
@given(st.text(max_size=3).flatmap(lambda piece: st.integers(7, 40).map(lambda n: piece * n)))
def test_nothing_is_that_is_few_characters_again_and_again(text: str) -> None:
    assert not is_plausible_token(text)


@settings(deadline=None)
@given(st.text(string.printable, max_size=40), st.sampled_from(["fake", "EXAMPLE", "xxxx", "Test"]))
def test_a_placeholder_anywhere_decides(text: str, placeholder: str) -> None:
    assert not is_plausible_token(text + placeholder)
    assert not is_plausible_password(placeholder + text)


@pytest.mark.parametrize(
    "text", ["hunter2", "Tr0ub4dor", "k7Tq-1zPw", "$ecr3t!9", "9f8e7d", "pässwört9"]
)
def test_a_chosen_password_is_plausible(text: str) -> None:
    assert is_plausible_password(text)


@pytest.mark.parametrize(
    ("text", "user"),
    [
        ("", ""),
        ("aaaa", ""),
        ("1234", ""),
        ("app", "app"),
        ("App", "aPP"),
        ("postgres", ""),
        ("Postgres123", ""),
        ("admin!", ""),
        ("p@ssw0rd", ""),
        ("my-password", ""),
        ("$PASSWORD", ""),
        ("${PASSWORD}", ""),
        ("%(password)s", ""),
        ("<password>", ""),
    ],
)
def test_a_placeholder_or_a_common_one_is_not(text: str, user: str) -> None:
    assert not is_plausible_password(text, user)
