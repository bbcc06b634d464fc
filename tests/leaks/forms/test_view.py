"""Views of a text, and the way back."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.leaks.forms.escapes import ESCAPES, as_utf8, character, unescape
from pytest_julep_secrets.leaks.forms.view import Joined, Kept, Rewritten


@given(st.lists(st.sampled_from([b"a", b"bc", b"%41", b"\\n", b"&lt;", b"", b"%"]), max_size=12))
def test_what_is_seen_stands_where_it_leads_back_to(parts: list[bytes]) -> None:
    text = b"".join(parts)
    view = unescape(ESCAPES)(text)

    for place in range(len(view.data) if view else 0):
        assert view is not None
        start, end = view.back(place, place + 1)
        again = unescape(ESCAPES)(text[start:end])
        assert view.data[place : place + 1] in (again.data if again else text[start:end])


def test_what_became_nothing_is_named_inside_of_a_part_only() -> None:
    view = Rewritten(b"ab--cd", re.compile(b"--"), lambda _: b"", lambda _: "dashes")

    assert view.data == b"abcd"
    assert view.names(0, 4) == ["dashes"]
    assert view.names(0, 2) == view.names(2, 4) == []
    assert (view.back(0, 2), view.back(2, 4), view.back(1, 3)) == ((0, 2), (4, 6), (1, 5))


def test_what_was_kept_knows_its_places() -> None:
    kept = Kept(b"a b, c", b" ,", bytes(range(256)).upper())

    assert (kept.data, [kept.place(number) for number in range(3)]) == (b"ABC", [0, 2, 5])


@given(st.lists(st.sampled_from([b"a", b",", b"," * 1500, b"b" * 1500])).map(b"".join))
def test_what_was_kept_of_a_large_text_knows_its_places(text: bytes) -> None:
    kept = Kept(text, b",")
    places = [place for place, code in enumerate(text) if code != 44]

    assert [kept.place(number) for number in range(len(places))][::97] == places[::97]


def test_what_was_replaced_is_named_where_it_stands() -> None:
    view = unescape(ESCAPES)(b"a%41b&lt;%42")

    assert view is not None
    assert view.data == b"aAb<B"
    assert [view.names(place, place + 1) for place in range(5)] == [
        [], ["URL"], [], ["HTML"], ["URL"],
    ]  # fmt: skip
    assert view.names(0, 5) == ["URL", "HTML"]


def test_nothing_reaches_over_two_parts() -> None:
    view = Joined(b"abcdefgh", [(1, 3), (4, 5), (6, 8)])

    assert view.data == b"bc\x7f\x7fe\x7f\x7fgh"
    assert (view.back(0, 2), view.back(4, 5), view.back(7, 9)) == ((1, 3), (4, 5), (6, 8))
    assert (view.back(8, 9), view.back(1, 5), view.back(0, 3)) == ((7, 8), None, None)
    assert view.names(0, 9) == []


def test_bytes_that_are_no_utf8_are_characters() -> None:
    assert as_utf8(b"\xc3\xa9") == b"\xc3\xa9"
    assert as_utf8(b"\xe9t") == b"\xc3\xa9t"
    assert as_utf8(b"\xed\xa0\x80") == b"\xed\xa0\x80"
    assert (character(233), character(0x110000)) == (b"\xc3\xa9", b"")
