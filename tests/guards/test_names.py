"""Which names look like production."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_julep_secrets.guards.names import production_reason


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("prod", "prod"),
        ("production", "production"),
        ("prd", "prd"),
        ("PROD", "PROD"),
        ("PrOd", "PrOd"),
        ("prod_key", "prod"),
        ("stripe_prod", "prod"),
        ("stripe_PRODUCTION_key", "PRODUCTION"),
        ("stripe-prd.key", "prd"),
        ("key1prod2", "prod"),
        ("prod2", "prod"),
        ("billingProd", "Prod"),
        ("billingProdKey", "Prod"),
        ("prodKey", "prod"),
        ("PRODKey", "PROD"),
        ("ProductionKey", "Production"),
        ("billingPROD", "PROD"),
        ("product_prod", "prod"),
    ],
)
def test_a_name_with_the_word_looks_like_production(name: str, word: str) -> None:
    assert production_reason(name) == f"it contains the word '{word}'"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "_",
        "123",
        "stripe_key",
        "products",
        "productivity",
        "reproduced",
        "prods",
        "nonprod",
        "preproduction",
        "prdx",
        "pro_d",
        "pro_duction",
        "p_r_o_d",
        "STAGING_PRODUCT_KEY",
        "productKey",
        "keyProduct",
    ],
)
def test_other_names_do_not(name: str) -> None:
    assert production_reason(name) is None


def in_any_case(word: str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.sampled_from([c.lower(), c.upper()]) for c in word)).map("".join)


# What a separator next to them keeps apart; none of their letters is in a word that counts.
ASIDE = st.text("aeglmnstAEGLMNST0123456789", max_size=8)
SEPARATORS = st.text("_-. :/0123456789", min_size=1, max_size=2)
WORDS = st.sampled_from(["prod", "production", "prd"]).flatmap(in_any_case)
# Cases as they are written; "PRODuct" is nobody's.
OTHER_WORDS = st.sampled_from(
    ["product", "reproduce", "producer", "reproduction", "byproduct"]
).flatmap(lambda word: st.sampled_from([word, word.upper(), word.capitalize()]))


@settings(deadline=None)
@given(ASIDE, SEPARATORS, WORDS, SEPARATORS, ASIDE)
def test_the_word_between_separators_is_seen_in_any_case(
    before: str, left: str, word: str, right: str, after: str
) -> None:
    assert production_reason(f"{before}{left}{word}{right}{after}") is not None


@settings(deadline=None)
@given(WORDS, SEPARATORS, ASIDE)
def test_so_it_is_at_either_end(word: str, separator: str, rest: str) -> None:
    assert production_reason(f"{word}{separator}{rest}") is not None
    assert production_reason(f"{rest}{separator}{word}") is not None


@settings(deadline=None)
@given(st.lists(st.tuples(OTHER_WORDS, SEPARATORS), min_size=1, max_size=4))
def test_a_longer_word_around_it_never_counts(parts: list[tuple[str, str]]) -> None:
    assert production_reason("".join(word + separator for word, separator in parts)) is None


@settings(deadline=None)
@given(st.text())
def test_the_reason_quotes_a_word_of_the_name(name: str) -> None:
    reason = production_reason(name)

    assert reason is None or reason.split("'")[1] in name
