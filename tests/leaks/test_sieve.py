"""Where in a large text a closer look is worth it."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaks.corpus import ROWS, VALUES, cases
from leaks.log import log
from pytest_julep_secrets.leaks.search import Search
from pytest_julep_secrets.leaks.sieve import Sieve

VALUE: Final = "sk-fake-1f9c27d4-Zq7CaNx81LmQwT5rV0bYhJ2d"
LOG: Final = log(200)


def sieved(value: str) -> Sieve:
    search = Search()
    search.add(value, "key")
    return Sieve([value], search.uses)


def found(search: Search, sieve: Sieve, data: bytes) -> int:
    return sum(len(search.find_in_bytes(data[start:end])) for start, end in sieve.spans(data))


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_of_any_shape_in_any_form_passes(kind: str) -> None:
    search, sieve = Search(), sieved(VALUES[kind])
    search.add(VALUES[kind])

    missed = [
        (number, encoder)
        for number, (_, _, encoder, text) in enumerate(case for case in cases() if case[0] == kind)
        if not found(search, sieve, LOG + text.encode("utf-8", "surrogatepass") + LOG)
    ]

    assert missed == []


@pytest.mark.parametrize("name", ROWS)
def test_every_form_passes(name: str) -> None:
    for value, text in ROWS[name]:
        search = Search()
        search.add(value)
        assert found(search, sieved(value), LOG + text.encode("utf-8", "surrogatepass") + LOG)


def test_a_log_does_not() -> None:
    assert sieved(VALUE).spans(LOG) == []


def test_what_passes_is_a_small_part() -> None:
    sieve = sieved(VALUE)

    spans = sieve.spans(LOG + VALUE.encode() + LOG)

    assert sum(end - start for start, end in spans) < 3 * sieve.room


@pytest.mark.parametrize(
    "text", [b"[115, 107, 45, 49, 102, 57, 99, 50, 55]", b"73 6b 2d 31 66 39 63 32 37"]
)
def test_what_is_encoded_again_far_from_the_first_place_passes_too(text: bytes) -> None:
    spans = sieved("sk-1f9c27").spans(text.join([LOG, LOG, LOG]))

    assert len(spans) == 2


def test_of_a_value_of_few_letters_everything_does() -> None:
    assert sieved('"  \' ,a, "').spans(b"some text") == [(0, 9)]


def test_without_values_nothing_does() -> None:
    assert Sieve([], []).spans(LOG) in ([], [(0, len(LOG))])


PIECES = [*(text.encode("utf-8", "surrogatepass") for row in ROWS.values() for _, text in row)]


@settings(deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=40)), max_size=8), st.data())
def test_whatever_the_search_finds_passes(pieces: list[bytes], data: st.DataObject) -> None:
    value = data.draw(st.sampled_from([value for row in ROWS.values() for value, _ in row]))
    search, text = Search(), b"\n".join(pieces)
    search.add(value)

    places = search.find_in_bytes(text)
    spans = sieved(value).spans(text)

    assert all(any(a <= one.start and one.end <= b for a, b in spans) for one in places)
