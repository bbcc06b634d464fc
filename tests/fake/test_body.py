"""From bytes to a value, with the offsets that CPython 3.12 gives on any Python."""

from __future__ import annotations

import json

import pytest

from pytest_julep_secrets.fake.rules.body import InvalidJson, Unparseable, parse


@pytest.mark.parametrize(
    ("body", "offset"),
    [
        ("{", 1),
        ("hello", 0),
        (" ", 1),
        ('{"a":1', 6),
        ('{"a":1,}', 7),
        ('{"a":1, \n }', 10),
        ("[1,]", 3),
        ("[1, \t]", 5),
        ("[1,2", 4),
        ('{"a" 1}', 5),
        ('{"a":}', 5),
        ("{'a':1}", 1),
        ('{"a":1} x', 8),
        ('["é🔑",}', 6),
        ('"abc', 0),
        ('"\\x"', 1),
        ('"\\u12"', 2),
        ('"a\nb"', 2),
        ("[1 2]", 3),
        ("nul", 0),
        ("-", 0),
        ("\ufeff{", 1),
    ],
)
def test_where_json_breaks(body: str, offset: int) -> None:
    with pytest.raises(InvalidJson) as caught:
        parse(body.encode(), "application/json")

    assert caught.value.offset == offset


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_encodings(encoding: str) -> None:
    assert parse('{"é": "🔑"}'.encode(encoding), None) == {"é": "🔑"}


@pytest.mark.parametrize(
    ("content_type", "is_json"),
    [
        (None, True),
        ("", True),
        ("application/json", True),
        ("APPLICATION/JSON; charset=utf-8", True),
        (" application/json ", True),
        ("application/vnd.api+json", True),
        ("application/x-json", False),
        ("application/json/x", False),
        ("text/json", False),
        ("text/plain", False),
        ("application", False),
        ("application/octet-stream", False),
    ],
)
def test_what_counts_as_json(content_type: str | None, is_json: bool) -> None:
    assert parse(b"[1]", content_type) == ([1] if is_json else b"[1]")


def test_an_empty_body_is_nothing_whatever_its_type() -> None:
    assert parse(b"", "text/plain") is None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"\xff", id="not UTF-8"),
        pytest.param(b"9" * 4301, id="too many digits"),
        pytest.param(b"-" + b"9" * 4301, id="too many digits below zero"),
        pytest.param(b"[" * 1484 + b"]" * 1484, id="too deep"),
        pytest.param(b'{"a":' * 100_000 + b"1", id="far too deep"),
    ],
)
def test_what_cannot_be_read_at_all(body: bytes) -> None:
    with pytest.raises(Unparseable):
        parse(body, None)


def test_brackets_inside_of_strings_do_not_nest() -> None:
    text = json.dumps(["[{" * 2000, '"' * 10, "\\"])

    assert parse(text.encode(), None) == ["[{" * 2000, '"' * 10, "\\"]


def test_4300_digits_are_fine() -> None:
    assert parse(b"9" * 4300, None) == int("9" * 4300)


def test_the_last_of_equal_keys_wins() -> None:
    assert parse(b'{"a": 1, "a": 2}', None) == {"a": 2}
