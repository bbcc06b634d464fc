"""What the database makes of metadata."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.fake.refusals import InvalidData
from pytest_julep_secrets.fake.rules.jsonb import depth, store_object


def test_keys_are_ordered_by_utf8_length_then_bytes_at_every_level() -> None:
    stored = store_object({"bb": 1, "é": 2, "a": {"zz": 1, "y": [{"cc": 1, "b": 2}]}, "aa": 3})

    assert json.dumps(stored, ensure_ascii=False) == (
        '{"a": {"y": [{"b": 2, "cc": 1}], "zz": 1}, "aa": 3, "bb": 1, "é": 2}'
    )


@pytest.mark.parametrize(
    ("given_", "stored"),
    [
        (1, "1"),
        (-0.0, "0.0"),
        (1.0, "1.0"),
        (100.0, "100.0"),
        (1e15, "1000000000000000.0"),
        (1e16, "10000000000000000"),
        (1.5e300, "15" + "0" * 299),
        (-1e22, "-1" + "0" * 22),
        (1e-7, "1e-07"),
        (5e-324, "5e-324"),
        (10**30, "1" + "0" * 30),
        (True, "true"),
        (None, "null"),
        ("a\0b", '"ab"'),
    ],
)
def test_what_comes_back(given_: object, stored: str) -> None:
    assert json.dumps(store_object({"k": [given_]})) == f'{{"k": [{stored}]}}'


@pytest.mark.parametrize(
    "metadata",
    [
        pytest.param({"a": float("nan")}, id="NaN"),
        pytest.param({"a": [float("inf")]}, id="infinity"),
        pytest.param({"a\0": 1}, id="NUL in a key"),
        pytest.param({"a": {"\ud800": 1}}, id="lone surrogate in a key"),
        pytest.param({"a": "\udfff"}, id="lone surrogate in a string"),
    ],
)
def test_what_the_database_refuses(metadata: dict[str, Any]) -> None:
    with pytest.raises(InvalidData):
        store_object(metadata)


def test_two_halves_of_a_surrogate_pair_become_one_character() -> None:
    assert store_object({"a": "\ud83d\ude00"}) == {"a": "😀"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("ab\u00e9z"), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text("ab\u00e9z"), JSON))
def test_storing_twice_changes_nothing_more(metadata: dict[str, Any]) -> None:
    once = store_object(metadata)

    assert json.dumps(store_object(once)) == json.dumps(once)
    assert {
        key: value for key, value in once.items() if "\0" not in repr(value)
    }.keys() <= metadata.keys()


def test_depth_counts_objects_and_lists() -> None:
    assert depth({}) == 1
    assert depth({"a": 1, "b": [[{}]]}) == 4
