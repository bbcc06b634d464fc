"""Values in whatever form: any value, both engines, what is redacted, large ones."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leaks.corpus import LONG, SHORT, VALUES, cases, raw
from pytest_julep_secrets.leaks.ahocorasick_rs import FastMatcher
from pytest_julep_secrets.leaks.matcher import Match, Matcher
from pytest_julep_secrets.leaks.search import Search


def search(*values: str) -> Search:
    made = Search()
    for value in values:
        made.add(value)
    return made


def redacted(made: Search, text: str) -> str:
    for one in reversed(made.find(text)):
        text = f"{text[: one.start]}REDACTED:k{text[one.end :]}"
    return text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param(f"a {SHORT} b", "a _ b", id="plain"),
        pytest.param(f"é {SHORT} é", "é _ é", id="behind what is not ASCII"),
        pytest.param('k="aX9\\u002dq!" b', 'k="_" b', id="escaped"),
        pytest.param("k=%61X9%2Dq%21&b=%20", "k=_&b=%20", id="other escapes stay"),
        pytest.param(
            f"Basic {base64.b64encode(f'user:{SHORT}:more'.encode()).decode()} b",
            "Basic _ b",
            id="the whole run",
        ),
        pytest.param(
            "-\n" + base64.encodebytes(f"{'x' * 90}{SHORT}{'y' * 90}".encode()).decode() + "\nb",
            "-\n_\n\nb",
            id="all lines of a run",
        ),
        pytest.param(
            base64.b85encode(f"{LONG}-and-more".encode()).decode() + " b",
            "_n#kCEp2adWd b",
            id="b85",
        ),
        pytest.param("'aX9-'\n  'q!' b", "'_' b", id="both literals"),
        pytest.param(f"{LONG[:25]}... b", "_... b", id="all of a start"),
        pytest.param(f"...{LONG[12:]} b", "..._ b", id="all of an end"),
        pytest.param(f"...{LONG[12:20]}\n  {LONG[20:]} b", "..._ b", id="of a wrapped end"),
    ],
)
def test_what_is_redacted(text: str, left: str) -> None:
    assert redacted(search(SHORT, LONG), text).replace("REDACTED:k", "_") == left


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param(SHORT, "plain", id="plain"),
        pytest.param(base64.b64encode(SHORT.encode()).hex(), "hex of base64", id="hex of base64"),
        pytest.param(
            base64.b64encode(b'{"k": "aX9\\u002dq!"}').decode(), "base64 of JSON", id="base64 JSON"
        ),
        pytest.param(json.dumps('"aX9\\u002dq!"'), "JSON of JSON", id="JSON in JSON"),
        pytest.param(f"{SHORT} {json.dumps(chr(233))}", "plain", id="beside an escape"),
    ],
)
def test_what_a_form_is_called(text: str, form: str) -> None:
    assert [found.form for found in search(SHORT).find(text)] == [form]


def test_two_values_in_one_run_are_one_place() -> None:
    text = base64.b64encode(f"{SHORT}:{LONG}".encode()).decode()

    (found,) = search(SHORT, LONG).find(text)

    assert (found.start, found.end) == (0, len(text))


def test_three_encodings_deep_is_too_deep() -> None:
    text = SHORT
    for _ in range(3):
        text = base64.b64encode(text.encode()).decode()

    assert search(SHORT).find(text) == []


ENCODERS: Final[dict[str, Callable[[str], str]]] = {
    "plain": str,
    "JSON": json.dumps,
    "repr": repr,
    "repr of bytes": lambda value: repr(raw(value)),
    "base64": lambda value: base64.b64encode(raw(f"ab{value}c")).decode(),
    "hex": lambda value: raw(value).hex(),
    "base64 of JSON": lambda value: base64.b64encode(json.dumps(value).encode()).decode(),
    "URL": lambda value: "".join(f"%{code:02x}" for code in raw(value)),
}
# Of one value in a thousand an escape is left out that its surroundings would have to tell.
ANY_VALUE: Final = st.text(min_size=6, max_size=40).filter(lambda value: "\\" not in value)


@pytest.mark.parametrize("name", ENCODERS)
@settings(max_examples=60, deadline=None)
@given(ANY_VALUE)
# Too little of it is left to look for where commas and quotes are left out.
@example(',000""')
def test_any_value_is_found_and_nothing_of_it_after_redaction(name: str, value: str) -> None:
    made = search(value)
    text = f"before {ENCODERS[name](value)} after"

    without = redacted(made, text)

    assert "REDACTED:k" in without
    assert made.find(without) == []


@pytest.mark.parametrize("size", [10_000, 100_000])
@pytest.mark.parametrize("name", ["plain", "JSON", "base64", "hex"])
def test_large_values_are_found(name: str, size: int) -> None:
    value = "".join(f"{number:x}-{number * number:x}/" for number in range(size // 8))
    text = f"before {ENCODERS[name](value)} after"

    assert len(redacted(search(value), text)) < 60


def test_both_engines_find_the_same() -> None:
    ours, theirs = Search(engine=Matcher()), Search(engine=FastMatcher())
    for value in VALUES.values():
        ours.add(value)
        theirs.add(value)

    for _, _, _, text in cases():
        assert ours.find(text) == theirs.find(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(SHORT, """'["a", "X", "9", '\n '"-", "q", "!"]'""", id="a broken list"),
        pytest.param(SHORT, "'a X 9 '\n '- q !'", id="broken spaces"),
        pytest.param(SHORT, repr("aX\x1b[1;31m9-\x1b[0mq!"), id="colours in a repr"),
        pytest.param("lone\ud800half", "lone?half", id="half a surrogate pair in a file"),
        pytest.param("ab\0cd-\0ef", "abcd-ef", id="NUL in a database"),
    ],
)
def test_what_the_sweep_has_found(value: str, text: str) -> None:
    assert [one.whole for one in search(value).find(text)] == [True]


@pytest.mark.parametrize("value", ["000\x1f b", "abc\x1f r", "key\u00e9 x u"])
def test_a_letter_before_a_quote_may_be_a_values_own(value: str) -> None:
    """It is left out in a view of the text, as the letter of a literal is."""
    search = Search()
    search.add(value)

    assert [one.number for one in search.find(f"x={json.dumps(value)}")] == [0]


class CountingMatcher(Matcher):
    """Counts the texts it is asked about."""

    asked = 0

    def find(self, text: bytes) -> list[Match]:
        self.asked += 1
        return super().find(text)


@pytest.mark.parametrize(
    ("value", "asked"),
    [
        pytest.param("sk-fake-1f9c27d4", 1, id="text"),
        # Each of the four places where base64 may begin.
        pytest.param("sk-fake\x011f9c27d4", 5, id="a control character"),
        pytest.param("schlüssel-1", 5, id="not ASCII"),
        pytest.param("key-1f9c27d4-ü-0a1b2c3d", 1, id="enough of ASCII"),
        pytest.param("hunter2", 5, id="short"),
    ],
)
def test_what_is_decoded_and_no_text_is_looked_into_for_values_that_are_none(
    value: str, asked: int
) -> None:
    engine = CountingMatcher()
    made = Search(engine=engine)
    made.add(value)

    assert made.find("GET https://api.example.com/v1/charges HTTP/1.1 200 OK") == []
    assert engine.asked == asked
