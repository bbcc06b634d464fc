"""Leak checks that a test makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

from pytest_julep_secrets.errors import LeakError
from pytest_julep_secrets.leaks.assertions import SecretLeaks, assert_no_leaks
from pytest_julep_secrets.leaks.finding import Finding
from pytest_julep_secrets.leaks.watch import Watch

VALUE: Final = "sk-fake-must-not-be-shown"
OTHER: Final = "sk-fake-another-value"


@pytest.fixture
def values() -> Watch:
    return Watch()


@pytest.fixture
def leaks(values: Watch) -> SecretLeaks:
    """The checks of a test that uses a wider fixture."""
    return SecretLeaks(values, lambda: "test", lambda: {"test", "module"})


# --- finding


def test_a_value_is_found_in_its_place(leaks: SecretLeaks) -> None:
    leaks.watch("key", VALUE)

    assert leaks.find(f"fine\n{VALUE}") == [Finding("the text, line 2", "key")]
    assert leaks.find("fine", ValueError(VALUE), [b"", VALUE.encode()]) == [
        Finding("the text of ValueError, line 1", "key"),
        Finding("text 3, item 2, line 1", "key"),
    ]
    assert leaks.find("fine") == []


def test_so_is_its_form(leaks: SecretLeaks) -> None:
    leaks.watch("key", VALUE)

    assert leaks.find(VALUE.encode().hex()) == [Finding("the text, line 1", "key", "hex")]


def test_what_a_wider_fixture_of_the_test_put_in_is_found(
    leaks: SecretLeaks, values: Watch
) -> None:
    values.add("key", VALUE, "module")

    assert leaks.find(VALUE) == [Finding("the text, line 1", "key")]


def test_what_another_test_put_in_is_not(leaks: SecretLeaks, values: Watch) -> None:
    values.add("other", OTHER, "another test")
    leaks.watch("key", VALUE)

    assert leaks.find(OTHER) == []


@pytest.mark.parametrize("check", ["find", "assert_none"])
def test_a_check_that_could_find_nothing_fails(
    leaks: SecretLeaks, values: Watch, check: str
) -> None:
    values.add("other", OTHER, "another test")
    values.add("short", "abc", "test")

    with pytest.raises(LeakError, match="could not have found anything") as caught:
        getattr(leaks, check)("Any text.")

    assert caught.value.findings == ()


@pytest.mark.parametrize("source", [None, {"key": VALUE}, 5])
def test_a_check_of_what_is_no_text_fails(leaks: SecretLeaks, source: object) -> None:
    leaks.watch("key", VALUE)

    with pytest.raises(TypeError, match="cannot be looked into"):
        leaks.assert_none(source)


def test_a_check_of_nothing_fails(leaks: SecretLeaks) -> None:
    leaks.watch("key", VALUE)

    with pytest.raises(TypeError, match="There is nothing to look into"):
        leaks.assert_none()


def test_a_leak_fails_with_a_sentence_for_each(leaks: SecretLeaks) -> None:
    leaks.watch("key", VALUE)
    leaks.watch("other", OTHER)

    with pytest.raises(LeakError) as caught:
        leaks.assert_none(f"{OTHER}\n{VALUE}")

    assert str(caught.value) == (
        "Secret 'other' reached the text, line 1.\nSecret 'key' reached the text, line 2."
    )
    assert caught.value.findings == (
        Finding("the text, line 1", "other"),
        Finding("the text, line 2", "key"),
    )


def test_no_leak_is_no_failure(leaks: SecretLeaks) -> None:
    leaks.watch("key", VALUE)

    leaks.assert_none("sk-fake-must-not-be", [])


# --- what to look for


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", "under 6 characters"),
        ("abcde", "under 6 characters"),
        ("12345678", "all digits"),
        ("password", "a common word"),
    ],
)
def test_what_proves_nothing_is_refused(leaks: SecretLeaks, value: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        leaks.watch("key", value)

    assert str(caught.value) == (
        f"Secret 'key' cannot be looked for: its value is {reason}, which proves nothing.\n"
        "Use a longer value of its own in this test."
    )


def test_a_name_that_is_the_value_is_not_told(leaks: SecretLeaks) -> None:
    with pytest.raises(ValueError, match="This secret cannot be looked for") as caught:
        leaks.watch(VALUE, VALUE)

    assert VALUE not in str(caught.value)


def test_nor_is_a_name_with_another_value_in_it(leaks: SecretLeaks) -> None:
    leaks.watch("key", VALUE)

    with pytest.raises(ValueError, match="Secret 'REDACTED:key' cannot") as caught:
        leaks.watch(VALUE, "abcde")

    assert VALUE not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [("key", 5, "int"), ("key", VALUE.encode(), "bytes"), (None, VALUE, "NoneType")],
)
def test_what_is_no_string_is_refused(leaks: SecretLeaks, name: Any, value: Any, kind: str) -> None:
    with pytest.raises(TypeError) as caught:
        leaks.watch(name, value)

    assert str(caught.value).endswith(f"have to be strings; this is a {kind}.")
    assert VALUE not in str(caught.value)


# --- without pytest and without a fake


def test_secrets_can_be_named_with_the_texts() -> None:
    assert_no_leaks("Fine.", b"Fine.", secrets={"key": VALUE})

    with pytest.raises(LeakError) as caught:
        assert_no_leaks("Fine.", f"{VALUE} {OTHER}", secrets={"key": VALUE, "other": OTHER})

    assert str(caught.value) == (
        "Secret 'key' reached text 2, line 1.\nSecret 'other' reached text 2, line 1."
    )


def test_one_check_knows_nothing_of_another() -> None:
    assert_no_leaks("Fine.", secrets={"key": VALUE})

    assert_no_leaks(VALUE, secrets={"other": OTHER})


@pytest.mark.parametrize(
    ("check", "error"),
    [
        pytest.param(lambda: assert_no_leaks(VALUE, secrets={}), TypeError, id="no secrets"),
        pytest.param(lambda: assert_no_leaks(secrets={"key": VALUE}), TypeError, id="no text"),
        pytest.param(
            lambda: assert_no_leaks({"key": VALUE}, secrets={"key": VALUE}),
            TypeError,
            id="no text but a dict",
        ),
        pytest.param(
            lambda: assert_no_leaks("", secrets={"key": VALUE, "short": VALUE[:5]}),
            ValueError,
            id="a short value",
        ),
        pytest.param(
            lambda: assert_no_leaks("", secrets={VALUE: VALUE}), ValueError, id="a name as value"
        ),
        pytest.param(
            lambda: assert_no_leaks("", secrets={"key": VALUE, VALUE: "abcde"}),
            ValueError,
            id="a value as name",
        ),
        pytest.param(
            lambda: assert_no_leaks(
                "",
                secrets={"key": [VALUE]},  # type: ignore[dict-item]
            ),
            TypeError,
            id="a list of values",
        ),
        pytest.param(
            lambda: assert_no_leaks(VALUE, secrets={f"of {VALUE}": VALUE}),
            LeakError,
            id="a leak of a value that is in its name",
        ),
    ],
)
def test_whatever_fails_shows_no_value(check: Callable[[], None], error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        check()

    shown = f"{caught.value} {caught.value!r} {getattr(caught.value, 'findings', ())!r}"
    assert VALUE not in shown
    assert caught.value.__cause__ is caught.value.__context__ is None


def test_a_leak_is_an_assertion_that_failed() -> None:
    with pytest.raises(AssertionError):
        assert_no_leaks(VALUE, secrets={"key": VALUE})


def test_no_repr_shows_a_value(leaks: SecretLeaks) -> None:
    leaks.watch("key", VALUE)

    assert VALUE not in f"{leaks!r} {leaks} {leaks.find(VALUE)!r}"
