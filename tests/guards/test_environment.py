"""Which variables hold keys, and what is no real one."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.guards.environment import fake_value, is_placeholder, read_names


@pytest.mark.parametrize(
    ("name", "fake"),
    [("JULEP_API_KEY", "fake-julep-api-key"), ("_Stripe__Key2", "fake-stripe-key2")],
)
def test_a_fake_value_says_what_it_stands_for(name: str, fake: str) -> None:
    assert fake_value(name) == fake


@given(st.text(min_size=1))
def test_a_fake_value_is_safe_in_urls_and_headers(name: str) -> None:
    fake = fake_value(name)

    assert str(httpx.URL(f"https://{fake}@example.com/{fake}?{fake}")).count(fake) == 3
    assert httpx.Headers({"Authorization": fake})["authorization"] == fake


@pytest.mark.parametrize(
    "value",
    [
        "test", "test-key", "fake-julep-api-key", "TEST_API_KEY", "your_api_key_here", "testing123",
        "sk-test-000000", "xxxxxxxx", "sk-xxxx", "dummy", "example.token", "not-secret-test",
        "changeme",
    ],
)  # fmt: skip
def test_a_placeholder_says_that_it_is_one(value: str) -> None:
    assert is_placeholder(value)


@pytest.mark.parametrize(
    "value",
    [
        "", "key", "secret", "julep-api-key", "k", "123456", "sk-fake-8d1c07b35e", "test-9f3b2c71",
        "sk_test_4eC39HqLyjWDarjtT1zdp7dc", "fakeit", "prod-key", "test-12345678",
        "eyJhbGciOiJIUzI1NiJ9.eyJ0ZXN0IjoxfQ.c2ln", "---", "test é",
    ],
)  # fmt: skip
def test_anything_else_may_be_real(value: str) -> None:
    assert not is_placeholder(value)


@given(st.text(alphabet="0123456789abcdef", min_size=24, max_size=64))
def test_no_word_makes_a_placeholder_of_a_random_value(value: str) -> None:
    assert not is_placeholder(f"sk-test-{value}")


def test_names_and_patterns() -> None:
    pick = read_names(["JULEP_API_KEY", "STRIPE_*", "*_TOKEN"], "ini")

    names = ["JULEP_API_KEY", "JULEP_API_KEY_2", "STRIPE_", "MY_STRIPE_KEY", "CI_TOKEN", "PATH"]
    assert pick(names) == ["JULEP_API_KEY", "STRIPE_", "CI_TOKEN"]


@pytest.mark.parametrize("line", ["*", "**", ".env:KEY", "A=1", "A B", "A.B", "A?"])
def test_what_is_no_name_is_refused(line: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_names(["JULEP_API_KEY", line], "The ini option x")

    assert str(caught.value) == (
        f"The ini option x says '{line}'; it has to be the name of a variable, in which * stands "
        "for anything but does not stand alone.\nWrite it like this: STRIPE_*"
    )
