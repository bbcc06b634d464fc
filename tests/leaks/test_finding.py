"""What a finding says."""

from __future__ import annotations

import pickle

import pytest

from pytest_julep_secrets.leaks.finding import Finding

FOUND = Finding("the captured log, line 12", "stripe_api_key")


def test_it_is_a_sentence() -> None:
    assert str(FOUND) == "Secret 'stripe_api_key' reached the captured log, line 12."


def test_it_says_the_form() -> None:
    found = Finding("the text, line 1", "key", "base64 of JSON")

    assert str(found) == "Secret 'key' reached the text, line 1, as base64 of JSON."


def test_equal_ones_are_one() -> None:
    again = Finding("the captured log, line 12", "stripe_api_key", "plain")

    assert list(dict.fromkeys([FOUND, again, Finding("elsewhere", "k")])) == [
        FOUND,
        Finding("elsewhere", "k"),
    ]


def test_it_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        FOUND.name = "another"  # type: ignore[misc]


def test_it_survives_the_way_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(FOUND)) == FOUND  # noqa: S301 - made here
