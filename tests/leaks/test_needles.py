"""What of a value is looked for."""

from __future__ import annotations

from collections import Counter

from leaks.corpus import LONG, VALUES
from pytest_julep_secrets.leaks.forms.escapes import ESCAPES, unescape
from pytest_julep_secrets.leaks.needles import ENCODERS, PARTS, Use, uses


def made(value: str, name: str = "") -> list[Use]:
    return list(uses(0, value, name, {*PARTS, *ENCODERS, "UTF-16"}, unescape(ESCAPES)))


def test_a_plain_value_has_few() -> None:
    forms = Counter(use.form for use in made(LONG))

    assert forms == {"plain": 1, "base85": 1, "ascii85": 1, "a start": 1, "an end": 1}


def test_a_short_one_has_no_parts() -> None:
    assert [use.form for use in made("abcdef")] == ["plain", "base85", "ascii85"]


def test_nor_has_what_is_left_of_one_without_its_name() -> None:
    assert [use.form for use in made("stripe_key_12345", "stripe_key")][3:] == []


def test_twelve_characters_behind_what_is_public_are_found_without_it() -> None:
    parts = [use for use in made("sk-fake-1f9c27d4aa81") if use.is_part]

    assert [(use.form, use.needle) for use in parts] == [
        ("a start", b"1f9c27d4aa81"),
        ("an end", b"1f9c27d4aa81"),
    ]


def test_lines_are_looked_for_without_the_frame() -> None:
    lines = [use.needle for use in made(VALUES["lines"]) if use.form == "a line"]

    assert lines == [b"MIIBVgIBADANBgkqh", b"kiG9w0BAQEFAASCAT"]


def test_no_repr_shows_a_value() -> None:
    assert LONG not in f"{made(LONG)!r}"
