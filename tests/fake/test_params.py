"""UUIDs and integers, with the server's words."""

from __future__ import annotations

from uuid import UUID

import pytest

from pytest_julep_secrets.fake.rules.params import Invalid, parse_int, parse_uuid

PLAIN = "0195a000-1111-7222-8333-444455556666"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PLAIN, id="plain"),
        pytest.param(PLAIN.upper(), id="upper case"),
        pytest.param(PLAIN.replace("-", ""), id="without hyphens"),
        pytest.param(f"{{{PLAIN}}}", id="in braces"),
        pytest.param(f"urn:uuid:{PLAIN}", id="as a URN"),
    ],
)
def test_every_way_to_write_a_uuid(text: str) -> None:
    assert parse_uuid(text) == UUID(PLAIN)


CHARACTER = (
    "invalid character: expected an optional prefix of `urn:uuid:` followed by "
    "[0-9a-fA-F-], found `{}` at {}"
)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "invalid length: expected length 32 for simple format, found 0"),
        ("123", "invalid length: expected length 32 for simple format, found 3"),
        ("k", CHARACTER.format("k", 1)),
        ("é", CHARACTER.format("é", 1)),
        ("0é🔑-x", CHARACTER.format("é", 2)),
        (f"{PLAIN} ", CHARACTER.format(" ", 37)),
        (f"{{{PLAIN[:-1]}g}}", CHARACTER.format("g", 36)),
        ("{0x}", CHARACTER.format("x", 3)),
        ("urn:uuid:0x", CHARACTER.format("x", 11)),
        ("{}", "invalid group count: expected 5, found 1"),
        (PLAIN[:-1], "invalid group length in group 4: expected 12, found 11"),
        (f"{PLAIN}0", "invalid group length in group 4: expected 12, found 13"),
        (
            "0195a000-11117222-8333-4444-55556666",
            "invalid group length in group 1: expected 4, found 8",
        ),
        ("0-0-0-0-0-0", "invalid group count: expected 5, found 6"),
        ("0000000----", "invalid group length in group 0: expected 8, found 7"),
        (
            "00000000-----"[:12] + "0",
            "invalid group length in group 1: expected 4, found 0",
        ),
    ],
)
def test_what_is_wrong_with_a_uuid(text: str, mistake: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_uuid(text)

    assert caught.value.msg == f"Input should be a valid UUID, {mistake}"
    assert caught.value.type == "uuid_parsing"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("-0", 0),
        ("1", 1),
        ("+1", 1),
        ("-1", -1),
        ("01", 1),
        ("1.0", 1),
        ("1.000", 1),
        ("1_000", 1000),
        (" 1\t", 1),
        ("\u30001\u2003", 1),
        ("0__1", 1),
        ("0-1", -1),
        ("9" * 4300, int("9" * 4300)),
        ("-" + "9" * 4299, -int("9" * 4299)),
    ],
)
def test_what_counts_as_an_integer(text: str, number: int) -> None:
    assert parse_int(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "1.5",
        "1.",
        ".0",
        "1e2",
        "0x10",
        "true",
        "NaN",
        "1__0",
        "_1",
        "1_",
        "--1",
        "\u0661",
        "\x1f1",
        "1,0",
        "0_" + "9" * 4301,
    ],
)
def test_what_does_not(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_int(text)

    assert caught.value.type == "int_parsing"


@pytest.mark.parametrize("text", ["9" * 4301, "-" + "9" * 4300, "9" * 4301 + "x"])
def test_a_number_of_over_4300_characters_is_another_mistake(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_int(text)

    assert caught.value.type == "int_parsing_size"
