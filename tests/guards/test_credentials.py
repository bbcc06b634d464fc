"""Which values look like real credentials."""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guards.credentials import BASE32, BASE62, NEGATIVE, NOW, POSITIVE, URL, github, jwt, some
from pytest_julep_secrets.guards.credentials import RULES, credential_rule

PAGE = Path(__file__).parents[2] / "docs/reference/credentials.md"
NAMES = [rule.name for rule in RULES]


def examples(table: Mapping[str, Callable[[], list[str]]]) -> list[object]:
    """By place, as an id must not show what looks like a credential."""
    return [
        pytest.param(name, value, id=f"{name}-{place}")
        for name, make in table.items()
        for place, value in enumerate(make())
    ]


def test_every_rule_has_examples_of_both_kinds_and_a_name_of_its_own() -> None:
    assert list(POSITIVE) == list(NEGATIVE) == NAMES
    assert len(set(NAMES)) == len(NAMES)


def test_the_page_has_the_table() -> None:
    rows = [
        f"| `{rule.name}` | {', '.join(f'`{mark}`' for mark in rule.marks)} | {rule.checked} "
        f"| {rule.source} |"
        for rule in RULES
    ]

    assert "\n| --- | --- | --- | --- |\n" + "\n".join(rows) + "\n\n" in PAGE.read_text("utf-8")


@pytest.mark.parametrize(("rule", "value"), examples(POSITIVE))
def test_what_looks_real_is_told_by_its_rule(rule: str, value: str) -> None:
    assert credential_rule(value, NOW) == rule


@pytest.mark.parametrize(("rule", "value"), examples(NEGATIVE))
def test_what_does_not_is_not(rule: str, value: str) -> None:
    assert credential_rule(value, NOW) is None, rule


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "fake",
        "sk-fake-1",
        "sk-old-1f9c27d4",
        "fake-julep-api-key",
        "hunter2-x9",
        some(40),
        some(64, string.hexdigits),
        "correct horse battery staple",
        "https://api.acme.io/v1?token=" + some(32),
        "\ud800" * 30,
        "eyJ" * 30,
        "ключ-" * 10,
    ],
)
def test_other_values_do_not_look_real(value: str) -> None:
    assert credential_rule(value, NOW) is None


def test_what_has_expired_is_told_by_the_time_given() -> None:
    token = jwt({"exp": 1000})

    assert [credential_rule(token, now) for now in (999.9, 1000, 1e12)] == ["jwt", None, None]


@pytest.mark.parametrize("bad", ["1e400", "-1", "null", "true", "[1]", '"9"', "1" + "0" * 400])
def test_any_expiry_is_read(bad: str) -> None:
    token = jwt({"exp": json.loads(bad)})

    assert credential_rule(token, NOW) in {"jwt", None}


def test_of_several_any_may_be_the_real_one() -> None:
    real = "sk_live_" + some(24)

    assert credential_rule(f"sk_live_{'x' * 24} {real}", NOW) == "stripe-live-key"
    assert credential_rule(f"AKIAIOSFODNN7EXAMPLE {real}", NOW) == "stripe-live-key"


# --- whatever is random


def text(size: int, alphabet: str = BASE62) -> st.SearchStrategy[str]:
    """Characters that a random generator gives; Hypothesis alone would try "0000"."""
    return st.integers(0, 2**64).map(lambda seed: some(size, alphabet, seed))


BEFORE = st.sampled_from(["", " ", '"', "'", "\n", "=", ":", "(", "Bearer ", '{"a": "'])
AFTER = st.sampled_from(["", " ", '"', "'", "\n", "&b=1", ":", ")", ",", '"}'])


@settings(deadline=None)
@given(BEFORE, text(24), st.sampled_from(["sk_live_", "rk_live_"]), AFTER)
def test_a_random_stripe_key_is_seen_wherever_it_stands(
    before: str, key: str, prefix: str, after: str
) -> None:
    assert credential_rule(before + prefix + key + after, NOW) == "stripe-live-key"


@settings(deadline=None)
@given(BEFORE, st.text(BASE62, min_size=30, max_size=30), AFTER)
def test_a_checksum_that_is_right_always_counts(before: str, body: str, after: str) -> None:
    assert credential_rule(before + github("ghp_", body) + after, NOW) == "github-token"


@settings(deadline=None)
@given(text(36))
def test_one_that_is_wrong_never_does(body: str) -> None:
    if github("ghp_", body[:30]) != f"ghp_{body}":
        assert credential_rule(f"ghp_{body}", NOW) is None


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_an_answer(value: str) -> None:
    assert credential_rule(value, NOW) is None


MARKS = st.sampled_from([mark for rule in RULES for mark in rule.marks])
PIECES = st.one_of(MARKS, st.sampled_from(["-----BEGIN PRIVATE KEY-----", "-----END", "@", ":"]))


@settings(deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(URL + "@:/.", max_size=20)), max_size=20))
def test_so_has_any_mix_of_what_rules_look_for(pieces: list[str]) -> None:
    assert credential_rule("".join(pieces), NOW) in {None, *NAMES}


def test_few_random_values_are_taken_for_made_up_ones() -> None:
    kinds = [("AKIA", 16, BASE32), ("sk_live_", 24, BASE62), ("ya29.", 30, URL)]
    for prefix, size, alphabet in kinds:
        missed = sum(
            credential_rule(prefix + some(size, alphabet, seed), NOW) is None
            for seed in range(2000)
        )
        assert missed <= 10


# --- what it costs


@pytest.mark.parametrize("piece", sorted({mark for rule in RULES for mark in rule.marks}))
@pytest.mark.parametrize("between", ["", "a", "-", "aB3 " * 9])
def test_however_long_a_value_is_it_has_an_answer(piece: str, between: str) -> None:
    """No time is asserted: a rule that goes back and forth over the text would never end."""
    value = (piece + between) * (100_000 // len(piece + between))

    assert credential_rule(f"{value} T3BlbkFJ://", NOW) is None
