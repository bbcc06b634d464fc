"""What escapes stand for, and what they are called."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.leaks.forms.escapes import (
    ESCAPES,
    mail_lines,
    quoted_printable,
    unescape,
)

HALF = "\ud800".encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("name", "text", "seen"),
    [
        ("JSON", rb"\u0041\u00e9", "Aé".encode()),
        ("JSON", rb"\ud83d\udd11", "🔑".encode()),
        ("JSON", rb"\ud800", HALF),
        ("JSON", rb"\b\f\n\r\t", b"\b\f\n\r\t"),
        ("JSON", rb"\"\\\/", b'"\\/'),
        ("repr", rb"\x41\xc3\xa9", "Aé".encode()),
        ("repr", rb"\xe9", "é".encode()),
        ("repr", rb"\U0001f511", "🔑".encode()),
        ("repr", rb"\U0000d800", HALF),
        ("repr", rb"\U00110000\U10000041", b""),
        ("repr", rb"\101\303\251", "Aé".encode()),
        ("repr", rb"\351", "é".encode()),
        ("repr", rb"\501", b"A"),
        ("repr", rb"\a\v\'", b"\a\v'"),
        ("URL", b"%41%c3%A9", "Aé".encode()),
        ("URL", b"%e9", "é".encode()),
        ("URL", b"%u0041%u00e9", "Aé".encode()),
        ("URL", b"%ud83d%udd11", "🔑".encode()),
        ("HTML", b"&lt;&auml;", "<ä".encode()),
        ("HTML", b"&#65;&#233;", "Aé".encode()),
        ("HTML", b"&#x41;&#XE9;", "Aé".encode()),
        ("HTML", b"&#27;", b"\x1b"),
        ("HTML", b"&#55296;", HALF),
        ("HTML", b"&#1114111;", "\U0010ffff".encode()),
        ("HTML", b"&#1114112;", b""),
        ("HTML", b"#x1B#x7F", b"\x1b\x7f"),
        ("HTML", b"#xD800", HALF),
        ("HTML", b"#xFFFE", "\ufffe".encode()),
        ("shell", b"""'"'"'""", b"'"),
        ("shell", rb"'\''", b"'"),
        ("shell", rb"\ \$", b" $"),
    ],
)
def test_what_an_escape_stands_for(name: str, text: bytes, seen: bytes) -> None:
    view = unescape(ESCAPES)(b"x" + text + b"y")

    assert view is not None
    assert view.data == b"x" + seen + b"y"
    assert view.names(0, len(view.data)) == [name]


@pytest.mark.parametrize(
    "text", [b"plain", b"50 % of it", b"a & b", b"&nosuch;", rb"C:\windows", b"it's", b"#x41"]
)
def test_a_text_without_escapes_has_no_such_view(text: bytes) -> None:
    assert unescape(ESCAPES)(text) is None


def test_only_what_is_asked_for_is_an_escape() -> None:
    assert unescape({})(rb"\n") is None
    assert unescape({"URL": ESCAPES["URL"]})(rb"\n") is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (b"a=C3=A9b", "aéb".encode()),
        (b"a=E9b", "aéb".encode()),
        (b"a=0Ab", b"a\nb"),
        (b"a=\nb", b"ab"),
        (b"a= \t\r\nb", b"ab"),
    ],
)
def test_what_a_mail_says(text: bytes, seen: bytes) -> None:
    view = quoted_printable(text)

    assert view is not None
    assert view.data == seen
    assert view.names(0, len(seen)) == ["quoted-printable"]


def test_a_text_without_a_mail_has_no_such_view() -> None:
    assert quoted_printable(b"a = b") is None


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (b"", []),
        (b"limit=20\na == b\n", []),
        (b"a=C3=A9", [b"a=C3=A9"]),
        (b"one\na=C3=A9\nb\n", [b"a=C3=A9\n"]),
        (b"one\na=C3=A9, b=E9\n=0D\nc\n", [b"a=C3=A9, b=E9\n=0D\n"]),
        (b"=0A\none\ntwo\n=0A\n", [b"=0A\n", b"=0A\n"]),
        (b"one\na=\nb\nc\n", [b"a=\nb\n"]),
        (b"a=\nb=\nc=\n", [b"a=\nb=\nc=\n"]),
    ],
)
def test_which_lines_may_be_of_a_mail(text: bytes, lines: list[bytes]) -> None:
    assert [text[start:end] for start, end in mail_lines(text)] == lines
