"""What goes before a value is looked for."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.leaks.forms.noise import LITERALS, STRIPPED, strip


@pytest.mark.parametrize(
    ("text", "seen", "names"),
    [
        (b"a\x1b[1;31mb\x1b[0mc", b"abc", ["coloured text"]),
        (b"a\x1b]8;;https://example.com\x07b", b"ab", ["coloured text"]),
        (b"E   ab", b"   ab", []),
        (b"E\tab", b"\tab", []),
        (b"E\nab", b"\nab", []),
        (b"ab\nE   cd", b"ab\n   cd", ["pytest's marks"]),
        (b"ab\nE\tcd", b"ab\n\tcd", ["pytest's marks"]),
        (b"ab\nE\ncd", b"ab\n\ncd", ["pytest's marks"]),
        (b"ab\nE   + cd", b"ab\n cd", ["pytest's marks"]),
        (b"(b'ab' b'cd')", b"('ab' 'cd')", [LITERALS]),
        (b'x = f"ab"', b'x = "ab"', [LITERALS]),
        (b"x\nb'ab'", b"x\n'ab'", [LITERALS]),
        (b"'ab'+rb'cd'", b"'ab'+'cd'", [LITERALS]),
        (b"['ab'\n  'cd']", b"['abcd']", [LITERALS]),
        (b"x\nE   'ab'\nE     b'cd'", b"x\n   'abcd'", ["pytest's marks", LITERALS]),
        (b'x\nE   + "ab" \r\nE   + "cd"', b'x\n "abcd"', ["pytest's marks", LITERALS]),
    ],
)
def test_what_is_left(text: bytes, seen: bytes, names: list[str]) -> None:
    view = strip(STRIPPED, literals=True)(text)

    assert view is not None
    assert view.data == seen
    assert view.names(0, len(seen)) == names


@pytest.mark.parametrize(
    "text", [b"ab", b"", b"END\nEnd of it\n", b"an 'E' \nElse", b"'b' is \nb", b"a\x1b"]
)
def test_a_text_without_noise_has_no_such_view(text: bytes) -> None:
    assert strip(STRIPPED, literals=True)(text) is None


def test_only_what_is_asked_for_is_noise() -> None:
    marks = {"pytest's marks": STRIPPED["pytest's marks"]}

    assert strip(marks, literals=False)(b"x = b'ab' \x1b[0m") is None
