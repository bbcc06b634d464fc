r"""Escapes: what stands for a character in JSON, source code, URLs, markup and the shell.

Any mix of escaped and plain characters is one text once everything is decoded, so the kinds are
decoded together. `\xE9` and `%E9` may be a byte or a character: bytes that are no UTF-8 are
taken for characters, in a text as in a value.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Final

from pytest_julep_secrets.leaks.forms.view import Rewritten, Span

# The kinds and what each looks like behind its first byte, which is one of `_FIRST`: patterns
# that begin with a set are searched for fastest. `#x1B` is how pytest writes control characters
# into XML.
ESCAPES: Final[Mapping[str, bytes]] = {
    "JSON": rb'(?<=\\)(?:u[0-9a-fA-F]{4}(?:\\u[0-9a-fA-F]{4})*|["\\/bfnrt])',
    "repr": rb"(?<=\\)(?:x[0-9a-fA-F]{2}(?:\\x[0-9a-fA-F]{2})*|U[0-9a-fA-F]{8}"
    rb"|[0-7]{1,3}(?:\\[0-7]{1,3})*|['av])",
    "URL": rb"(?<=%)(?:[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*|u[0-9a-fA-F]{4}(?:%u[0-9a-fA-F]{4})*)",
    "HTML": rb"(?<=&)(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    rb"|(?<=#)x(?:[01][0-9A-F]|7F|[89][0-9A-F]|D[89A-F][0-9A-F]{2}|FFF[EF])",
    "shell": rb"(?<=')(?:\"'\"'|\\'')|(?<=\\)[ !#$&()*;<=>?\[\]^`{|}~,:@%+./_-]",
}
_FIRST: Final = rb"[\\%&#']"
_SIMPLE: Final = {
    b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"a": b"\a", b"v": b"\v",
}  # fmt: skip
_QUOTED_PRINTABLE: Final = re.compile(rb"=(?:[0-9a-fA-F]{2}(?:=[0-9a-fA-F]{2})*|[ \t]*\r?\n)")
# What tells a mail: nobody writes a digit or a letter as a lone "=31" or "=41", and logs are full
# of "limit=20".
_TELLS_MAIL: Final = re.compile(
    rb"=(?:[0-9a-fA-F]{2}=[0-9a-fA-F]{2}|[0-9a-fA-F][a-fA-F]|[a-fA-F0][0-9]|[ \t]*\r?\n)"
)
# Where `surrogateescape` puts bytes that are no UTF-8.
_AS_CHARACTERS: Final = {0xDC00 + code: code for code in range(0x80, 0x100)}


def unescape(kinds: Mapping[str, bytes]) -> Callable[[bytes], Rewritten | None]:
    """Make a view of these kinds of escapes; it is None where a text has none."""
    named = b"|".join(b"(?P<%b>%b)" % (name.encode(), kind) for name, kind in kinds.items())
    pattern = re.compile(b"%b(?:%b)" % (_FIRST, named))

    def view(data: bytes) -> Rewritten | None:
        if not kinds or not _may_have_escapes(data):
            return None
        seen = Rewritten(data, pattern, _decode, lambda match: match.lastgroup or "")
        return seen if seen.data != data else None

    return view


def _may_have_escapes(data: bytes) -> bool:
    # One byte is found many times as fast as two.
    return (
        b"\\" in data
        or b"%" in data
        or b"&" in data
        or (b"#" in data and b"#x" in data)
        or (b"'" in data and b"'\"'\"'" in data)
    )


def quoted_printable(data: bytes) -> Rewritten | None:
    """See a mail's text; None where there is nothing to decode.

    Apart from the others, as `=AB` is no escape in a query string.
    """
    seen = Rewritten(data, _QUOTED_PRINTABLE, _decode_mail, lambda _: "quoted-printable")
    return seen if seen.data != data else None


def mail_lines(data: bytes) -> list[Span]:
    """Return the spans of all lines that may be a mail's, those that go on in one piece."""
    spans: list[Span] = []
    end = 0
    while (match := _TELLS_MAIL.search(data, end)) is not None:
        start = data.rfind(b"\n", end, match.start()) + 1 or end
        end = data.find(b"\n", match.end()) + 1 or len(data)
        if spans and spans[-1][1] == start:
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def _decode(match: re.Match[bytes]) -> bytes:
    return _DECODERS[match.lastgroup or ""](match[0])


def _json(text: bytes) -> bytes:
    if text[1:2] == b"u":
        return _from_utf16(text.replace(b"\\u", b""))
    return _SIMPLE.get(text[1:], text[1:])


def _repr(text: bytes) -> bytes:
    kind = text[1:2]
    if kind == b"x":
        return as_utf8(bytes.fromhex(text.replace(b"\\x", b"").decode()))
    if kind == b"U":
        return character(int(text[2:], 16))
    if kind.isdigit():
        return as_utf8(bytes(int(code, 8) & 0xFF for code in text.split(b"\\")[1:]))
    return _SIMPLE.get(kind, kind)


def _url(text: bytes) -> bytes:
    if text[1:2] == b"u":
        return _from_utf16(text.replace(b"%u", b""))
    return as_utf8(bytes.fromhex(text.replace(b"%", b"").decode()))


def _html(text: bytes) -> bytes:
    if text[:2].lower() == b"#x":
        return character(int(text[2:], 16))
    if text[1:2] != b"#":
        return html.unescape(text.decode()).encode()
    # Not by `html`, which drops control characters.
    number = text[2:-1]
    return character(int(number[1:], 16) if number[:1] in b"xX" else int(number))


def _shell(text: bytes) -> bytes:
    return b"'" if text[:1] == b"'" else text[1:]


_DECODERS: Final = {"JSON": _json, "repr": _repr, "URL": _url, "HTML": _html, "shell": _shell}


def _decode_mail(match: re.Match[bytes]) -> bytes:
    # Nothing is left of a line break, as white space is no digit.
    return as_utf8(bytes.fromhex(match[0].replace(b"=", b"").decode()))


def _from_utf16(digits: bytes) -> bytes:
    text = bytes.fromhex(digits.decode()).decode("utf-16-be", "surrogatepass")
    return text.encode("utf-8", "surrogatepass")


def character(code: int) -> bytes:
    """Return a character in UTF-8; one that cannot be as nothing."""
    return chr(code).encode("utf-8", "surrogatepass") if code < 0x110000 else b""


def as_utf8(data: bytes) -> bytes:
    """Return UTF-8 as it is, and of anything else each byte that is none as a character."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape").translate(_AS_CHARACTERS).encode()
    return data
