"""Encodings of whole texts: what is seen in them, and which of the text's digits that is."""

from __future__ import annotations

import base64
from typing import Final

import pytest

from pytest_julep_secrets.leaks.forms.codecs import (
    Codec,
    _Run,
    _table,
    base32_texts,
    base64_texts,
    hex_texts,
    number_texts,
    prefixed_hex_texts,
)

VALUE: Final = b"aX9-q!"


def seen(codec: Codec, text: bytes) -> list[tuple[str, str, list[str]]]:
    """Where a text has the value: its digits, all of their run, and what the form is called."""
    found = []
    for view in codec(text):
        start = view.data.find(VALUE)
        end = start + len(VALUE)
        if start >= 0 and (place := view.back(start, end)) is not None:
            part, run = text[slice(*place)], text[slice(*view.whole(*place))]
            found.append((part.decode(), run.decode(), view.names(start, end)))
    return found


# --- each encoding, however its digits are grouped


@pytest.mark.parametrize("before", ["", "- ", "-- ", "--- ", "+/_ ", "k="])
@pytest.mark.parametrize(
    ("value", "part", "run"),
    [
        (VALUE, "YVg5LXEh", "YVg5LXEh"),
        (VALUE + b"m", "YVg5LXEh", "YVg5LXEhbQ=="),
        (b"u" + VALUE + b"m", "WFYOS1xIW", "dWFYOS1xIW0="),
        (b"us" + VALUE + b"m", "NhWDktcSF", "dXNhWDktcSFt"),
        (b"use" + VALUE, "YVg5LXEh", "dXNlYVg5LXEh"),
    ],
)
def test_base64(value: bytes, part: str, run: str, before: str) -> None:
    assert base64.b64encode(value).decode() == run
    assert seen(base64_texts, f"{before}{run} b".encode()) == [(part, run, ["base64"])]
    assert seen(base64_texts, f"{before}{run}".encode()) == [(part, run, ["base64"])]


def test_base64_without_its_last_digits() -> None:
    assert seen(base64_texts, b"WFYOS1xI") == []
    assert seen(base64_texts, b"dWFYOS1xIQ") == [("WFYOS1xIQ", "dWFYOS1xIQ", ["base64"])]


def test_base64_for_urls() -> None:
    (view, *_) = base64_texts(b"-_-_")

    assert view.data == base64.b64decode(b"+/+/")


def test_wrapped_and_quoted_base64() -> None:
    text = "YVg5'\n 'LXEh"

    assert seen(base64_texts, text.encode()) == [(text, text, ["base64"])]


@pytest.mark.parametrize("before", ["", "f", "k="])
@pytest.mark.parametrize("digits", [VALUE.hex(), VALUE.hex().upper(), *map(VALUE.hex, ":- ,")])
def test_hex(digits: str, before: str) -> None:
    whole = before.strip("k=") + digits

    assert seen(hex_texts, f"{before}{digits}! b".encode()) == [(digits, whole, ["hex"])]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("0061 6158392d7121ff no", "6158392d7121ff"),
        ("00616158392d7121ff: no", "00616158392d7121ff"),
        ("61:58:39:2d:71:21:ff:00e", "61:58:39:2d:71:21:ff"),
        ("61, 58, 39, 2d, 71, 21, ff, 00, no", "61, 58, 39, 2d, 71, 21, ff, 00"),
        ("61 58 39 2d 71 21 0xff 0xno", "61 58 39 2d 71 21 0xff"),
    ],
)
def test_all_of_a_run_of_hex(text: str, whole: str) -> None:
    assert [run for _, run, _ in seen(hex_texts, text.encode())] == [whole]


def test_digits_that_were_put_behind_the_last_stand_nowhere() -> None:
    """As many as a group lacks."""
    (even, odd) = hex_texts(b"6158392d71216")
    (first, *_) = base64_texts(b"YWI")

    assert (even.data, odd.data[-2:], first.data) == (VALUE + b"`", b"\x12\x16", b"ab\0")
    assert (even.back(0, 7), odd.back(0, 6), first.back(0, 3)) == ((0, 13), (1, 13), (0, 3))


def test_what_stands_over_other_characters_stands_nowhere() -> None:
    """They were taken for digits."""
    (view, _) = hex_texts(b"61623g" + b"70" * 6)

    assert view.data == b"ab0pppppp"
    assert (view.back(0, 9), view.back(0, 2)) == (None, (0, 4))


def test_hex_has_the_digits_of_six_bytes() -> None:
    assert len(list(hex_texts(b"61 58 39 2d 71 21"))) == 2
    assert list(hex_texts(b"6158392d712 or 6158392d712")) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[0x61, 0x58, 0x39, 0x2d, 0x71, 0x21]", "61, 0x58, 0x39, 0x2d, 0x71, 0x21"),
        ("0X61,0X58,0X39,0X2D,0X71,0X21", "61,0X58,0X39,0X2D,0X71,0X21"),
        ("0x00 0x61 0x58 0x39 0x2d 0x71 0x21 b", "61 0x58 0x39 0x2d 0x71 0x21"),
    ],
)
def test_hex_numbers(text: str, part: str) -> None:
    ((digits, whole, names),) = seen(prefixed_hex_texts, text.encode())

    assert (digits, whole, names) == (part, part, ["hex"])


def test_what_has_no_hex_numbers() -> None:
    assert list(prefixed_hex_texts(b"0x61 and 6158392d7121")) == []


@pytest.mark.parametrize(
    ("value", "part"),
    [
        (VALUE + b"mo", "MFMDSLLREFWW6"),
        (b"u" + VALUE + b"mo", "OVQVQOJNOEQW23Y"),
        (b"us" + VALUE + b"mo", "OVZWCWBZFVYSC3LP"),
        (b"use" + VALUE + b"mo", "OVZWKYKYHEWXCILNN4"),
        (b"user" + VALUE + b"mo", "OVZWK4TBLA4S24JBNVXQ"),
        (b"user:" + VALUE + b"mo", "OVZWK4R2MFMDSLLREFWW6"),
        (b"\0" * 100 + VALUE, "A" * 160 + "MFMDSLLREE"),
    ],
)
@pytest.mark.parametrize("before", ["", "k ", "A", "AB", "ABC", "ABCD", "ABCDE"])
def test_base32(value: bytes, part: str, before: str) -> None:
    """All of its run is told, as it is hard to tell what else may be in it."""
    text = f"{before}{base64.b32encode(value).decode()} b".encode()

    assert seen(base32_texts, text) == [
        (before.strip("k ") + part, before.strip("k ") + part, ["base32"])
    ]


def test_two_runs_of_base32() -> None:
    one, other = "MFMDSLLREFWW6", "OVQVQOJNOEQW23Y"

    assert [run for _, run, _ in seen(base32_texts, f"{one} and {other}".encode())] == [one, other]
    assert seen(base32_texts, b"SHORTER7A and MFMDSLLRE") == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[97, 88, 57, 45, 113, 33]", "97, 88, 57, 45, 113, 33"),
        ("97,88,57,45,113,33", "97,88,57,45,113,33"),
        ("{255, 0, 97,\n88, 57, 45, 113, 33}", "255, 0, 97,\n88, 57, 45, 113, 33"),
    ],
)
def test_listed_bytes(text: str, part: str) -> None:
    assert seen(number_texts, f"k={text} b".encode()) == [(part, part, ["listed bytes"])]


def test_other_numbers() -> None:
    assert list(number_texts(b"[97, 88, 57, 45, 113]")) == []
    assert seen(number_texts, b"[256, 97, 88, 57, 45, 113, 33]") == []
    assert [view.data for view in number_texts(b"[256,1,2,3,4,5] [1,2,3,4,5,6]")] == [
        bytes([1, 2, 3, 4, 5, 6])
    ]


# --- what they are made of


def test_a_table_keeps_some_changes_a_few_and_makes_the_others_one() -> None:
    table = _table(b"ab", b"-", (b"x", b"b"), (b"y", b"z"))

    assert len(table) == 256
    assert b"abcxyz\0\xff".translate(table) == b"ab-bz---"


def test_what_a_run_holds() -> None:
    run = _Run(b"ab]", b" \n")

    assert run.holds(b"ab] ba=\n")
    assert not run.holds(b"abX")


LONG: Final = "ab" * 30


def grown(text: str, place: int) -> tuple[int, int]:
    return _Run(b"ab", b" ", rb"\.[ab]").grown(text.encode(), place, place + 1)


@pytest.mark.parametrize(
    ("before", "run", "after"),
    [
        ("", "abab", ""),
        ("x", "abba", "x"),
        ("x", "abba==", "ab"),
        ("ab\n", "ab", "\nab"),
        ("x\n", f"{LONG}\nab", "\nab"),
        (f"{LONG[1:]}\n", "ab", ""),
        ("ab\n", "ab", f"\n{LONG}"),
        ("x ", f"{LONG} \r\n {LONG}b==", " "),
        ("x ", f"{LONG}\n{LONG}\n{LONG}\nb", "\nb"),
        ("x ", f"a{LONG}\t\n\t{LONG[2:]}", "\nab"),
    ],
)
def test_all_of_a_run(before: str, run: str, after: str) -> None:
    """Lines of 60 and more go on in the next."""
    text = f"{before}{run}{after}"
    span = len(before), len(before + run)

    assert {grown(text, place) for place in range(*span) if text[place] in "ab"} == {span}


@pytest.mark.parametrize(
    ("text", "run"), [("x aba.a.bx", "aba.a.b"), ("aba.b..b", "aba.b"), ("x.ab.cb", "ab")]
)
def test_all_of_a_run_of_separated_digits(text: str, run: str) -> None:
    start = text.index("ab")

    assert grown(text, start) == (start, start + len(run))


def test_a_run_of_digits_alone() -> None:
    assert _Run(b"ab", b" ").grown(b"x.ab=b.x", 2, 3) == (2, 5)
