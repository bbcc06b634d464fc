"""Where malformed JSON breaks: CPython 3.12's offsets, which the recorded server gave.

The table was written by CPython 3.12.1's own `json.loads`. For a comma before a closing bracket
later versions give other offsets.
"""

from __future__ import annotations

from typing import Final

import pytest

from pytest_julep_secrets.fake.rules.body import InvalidJson, parse

OFFSETS: Final = [
    ("{", 1),
    ("[", 1),
    ('"', 0),
    (" ", 1),
    ("\n", 1),
    ("{}}", 2),
    ("[]]", 2),
    ("[1]]", 3),
    ('{"a"', 4),
    ('{"a":', 5),
    ('{"a":1', 6),
    ('{"a":1,', 7),
    ('{"a":1,}', 7),
    ('{"a":1 ,}', 8),
    ('{"a":1, }', 8),
    ('{"a":1,\n\n}', 9),
    ('{"a":1,\t\r}', 9),
    ('{"a":1,,"b":2}', 7),
    ("{,}", 1),
    ('{"a":[1,],"b":2}', 8),
    ("[,]", 1),
    ("[1,", 3),
    ("[1,]", 3),
    ("[1 ,]", 4),
    ("[1, ]", 4),
    ("[1,\r\n\t ]", 7),
    ("[[1,],2]", 4),
    ("[1,,2]", 3),
    ("[1 2]", 3),
    ('{"a" 1}', 5),
    ('{"a"::1}', 5),
    ('{"a":}', 5),
    ("{a:1}", 1),
    ("{'a':1}", 1),
    ("{1:2}", 1),
    ('{"a":1 "b":2}', 7),
    ('{"a":1;"b":2}', 6),
    ('"abc', 0),
    ('"a\\', 0),
    ('"\\x"', 1),
    ('"\\u12"', 2),
    ('"\\u12g4"', 2),
    ('"a\tb"', 2),
    ('"a\x00b"', 2),
    ('{"a":"b\nc"}', 7),
    ("nul", 0),
    ("tru", 0),
    ("True", 0),
    ("undefined", 0),
    ("-", 0),
    ("+1", 0),
    ("01", 1),
    ("1.", 1),
    (".5", 0),
    ("1e", 1),
    ("0x1", 1),
    ("1_0", 1),
    ("NaN0", 3),
    ("-Infinit", 0),
    ('{"a":NaN,}', 9),
    ('["é",]', 5),
    ('["🔑",}', 5),
    ('{"🔑":é}', 5),
    ("\ufeff{", 1),
    ("\ufeff[1,]", 3),
    ("// a\n{}", 0),
    ('{"a":1}//', 7),
    ('{"a":1} {"b":2}', 8),
    ("a=b&c=d", 0),
    ("<a/>", 0),
    ('{"a":"\\ud83d",}', 14),
]


@pytest.mark.parametrize(("body", "offset"), OFFSETS, ids=range(len(OFFSETS)))
def test_json_breaks_where_cpython_3_12_says(body: str, offset: int) -> None:
    with pytest.raises(InvalidJson) as caught:
        parse(body.encode(), "application/json")

    assert offset == caught.value.offset
