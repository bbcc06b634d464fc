"""Texts that hold a value, by the form it has there. Each is made by what makes it in real life."""

from __future__ import annotations

import base64
import html
import json
import quopri
import shlex
import textwrap
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from xml.sax.saxutils import quoteattr

Encoder = Callable[[str], str]


def raw(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


def text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


VALUES: Final[Mapping[str, str]] = {
    "plain": "sk_live_Zq7CaNx81LmQwT5rV0bYhJ2d",
    "short": "aX9-q!",
    "prose": "my-test-secret-value",
    "quotes": "it's \"quoted\" 'twice' & <b>",
    "backslashes": "C:\\new\\table\\x41\\u0041%41",
    "control": "be\x07ll\x1b\tand\x00null\x7fdel",
    "non-ASCII": "pässwörd-ключ-密码-🔑",
    "latin": "\xc3\xa9t\xe9-c\xf4t\xe9\xa0",
    "surrogates": "lone\ud800half\udfff-x",
    "lines": "-----BEGIN KEY-----\nMIIBVgIBADANBgkqh\nkiG9w0BAQEFAASCAT\n-----END KEY-----\n",
    "symbols": "!@#$%^&*()=+[]",
    "url": "postgres://app:hunt%40er2@db.example.com/app?ssl=1&x=2",
    "long": "".join(chr(33 + (place * place) % 93) for place in range(600)),
}


def _ansi(value: str) -> str:
    return "\x1b[1;31m".join([value[:3], value[3:6], value[6:]]) + "\x1b[0m"


def _all_percent(value: str) -> str:
    return "".join(f"%{code:02X}" for code in raw(value))


def _wrapped(value: str) -> str:
    return "\n      ".join(value[place : place + 20] for place in range(0, len(value), 20))


def _base64_lines(width: int) -> Encoder:
    def encode(value: str) -> str:
        whole = base64.b64encode(raw(f"user:{value}")).decode()
        return "\n".join(textwrap.wrap(whole, width))

    return encode


def _shifted(shift: int) -> Encoder:
    return lambda value: "Basic " + base64.b64encode(raw("u" * shift + value + ":x")).decode()


# What is made of a value, by its form. A value that this leaves as it is proves nothing.
ENCODERS: Final[Mapping[str, list[Encoder]]] = {
    "JSON": [
        json.dumps,
        lambda value: json.dumps(value, ensure_ascii=False).replace("/", "\\/"),
        lambda value: json.dumps(json.dumps({"a": [value]})),
        lambda value: "".join(f"\\u{unit:04x}" for unit in _units(value[:2])) + value[2:],
    ],
    "repr": [
        lambda value: "".join(f"\\x{code:02x}" for code in raw(value)),
        lambda value: "".join(f"\\{code:03o}" for code in raw(value)),
        lambda value: "".join(f"\\U{ord(one):08x}" for one in value),
    ],
    "URL": [
        _all_percent,
        lambda value: _all_percent(value[:3]) + value[3:],
        lambda value: _all_percent(value).lower(),
        lambda value: _all_percent(_all_percent(value)),
    ],
    "HTML": [
        lambda value: "".join(f"&#{ord(one)};" for one in value),
        lambda value: "".join(f"&#x{ord(one):X};" for one in value),
        lambda value: f"&#{ord(value[0])};" + value[1:],
    ],
    "quoted-printable": [
        lambda value: "".join(f"={code:02X}" for code in raw(value)),
    ],
    "coloured text": [_ansi],
    "listed characters": [lambda value: json.dumps(list(value)), lambda value: str(list(value))],
    "spaced characters": [" ".join],
    "UTF-16": [
        lambda value: repr(value.encode("utf-16-le", "surrogatepass")),
        lambda value: repr(value.encode("utf-16-be", "surrogatepass")),
    ],
    "base64": [
        lambda value: base64.b64encode(raw(value)).decode(),
        lambda value: base64.urlsafe_b64encode(raw(value)).decode().rstrip("="),
        *[_shifted(shift) for shift in range(3)],
        _base64_lines(64),
        _base64_lines(76),
        lambda value: base64.b64encode(raw(json.dumps({"k": value}))).decode(),
        lambda value: urllib.parse.quote(base64.b64encode(raw(f"a:{value}")).decode(), safe=""),
        lambda value: base64.b64encode(base64.b64encode(raw(value))).decode(),
    ],
    "hex": [
        lambda value: raw(value).hex(),
        lambda value: raw(value).hex().upper(),
        *[lambda value, by=by: raw(value).hex(by) for by in ":- "],
        lambda value: ", ".join(f"0x{code:02x}" for code in raw(value)),
        lambda value: base64.b64encode(raw(value)).hex(),
        lambda value: raw(_all_percent(value)).hex(),
    ],
    "base32": [
        lambda value: base64.b32encode(raw(value)).decode(),
        lambda value: base64.b32encode(raw(f"ab{value}")).decode().rstrip("="),
    ],
    "base85": [lambda value: base64.b85encode(raw(value)).decode()],
    "ascii85": [
        lambda value: base64.a85encode(raw(value)).decode(),
        lambda value: base64.a85encode(raw(value), adobe=True).decode(),
    ],
    "listed bytes": [
        lambda value: str(list(raw(value))),
        lambda value: ",".join(map(str, raw(value))),
    ],
}  # fmt: skip


def _units(value: str) -> list[int]:
    data = value.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(data[place : place + 2]) for place in range(0, len(data), 2)]


# What leaves some values as they are.
MIXED: Final[list[Encoder]] = [
    str,
    repr,
    lambda value: repr(raw(value)),
    lambda value: repr(repr(value)),
    ascii,
    lambda value: repr([{"k": value}]),
    shlex.quote,
    lambda value: "".join(one if one.isalnum() else f"\\{one}" for one in value)
    if value.isprintable() and value.isascii() else value,
    lambda value: urllib.parse.quote(raw(value)),
    lambda value: urllib.parse.quote(raw(value), safe=""),
    lambda value: urllib.parse.urlencode({"k": raw(value)}),
    html.escape,
    quoteattr,
    lambda value: html.escape(json.dumps(value)),
    lambda value: text(quopri.encodestring(raw(value))),
    lambda value: base64.b64encode(raw(repr(value))).decode(),
    lambda value: base64.b64encode(value.encode("utf-16-le", "surrogatepass")).decode(),
    lambda value: json.dumps({"a": base64.b64encode(raw(value)).decode()}),
    lambda value: base64.b64encode(raw(html.escape(value))).decode(),
]  # fmt: skip


def around(inner: str) -> str:
    return f"GET /v1 key={inner} done\nnext line\n"


def cases() -> Iterator[tuple[str, str, str, str]]:
    """Give the kind of a value, the value, the form and a text."""
    for kind, value in VALUES.items():
        for name, encoders in ENCODERS.items():
            for number, encode in enumerate(encoders):
                yield kind, value, f"{name}-{number}", around(encode(value))
        for number, encode in enumerate(MIXED):
            yield kind, value, f"mixed-{number}", around(encode(value))


SHORT: Final = "aX9-q!"
LONG: Final = "sk_live_Zq7CaNx81LmQwT5rV0bYhJ2d"

# For each form a value and texts in which nothing but that form shows it.
ROWS: Final[Mapping[str, list[tuple[str, str]]]] = {
    **{
        name: [(SHORT, around(encode(SHORT))) for encode in encoders]
        for name, encoders in ENCODERS.items()
        if name not in {"JSON", "URL", "HTML"}
    },
    "JSON": [
        ('aX"9\\q', json.dumps('aX"9\\q')),
        ('aX"9\\q', json.dumps(json.dumps('aX"9\\q'))),
        ("pässwö", json.dumps("pässwö")),
        (SHORT, "\\u0061X9\\u002dq!"),
    ],
    "URL": [(SHORT, around(encode(SHORT))) for encode in ENCODERS["URL"]],
    "HTML": [
        *[(SHORT, around(encode(SHORT))) for encode in ENCODERS["HTML"]],
        ("a<X&9>q", html.escape("a<X&9>q")),
        ("aX\x1b9-q", "aX#x1B9-q"),
        ("pässwö", "p&auml;ssw&ouml;"),
    ],
    "shell": [("aX 9$q", "aX\\ 9\\$q"), ("aX&9;q", "aX\\&9\\;q")],
    "pytest's marks": [
        ("ab-cd\nef-gh", "E   ab-cd\nE   ef-gh"),
        ("ab-cd\nef-gh", "def test():\nE       ab-cd\nE     + ef-gh\n"),
    ],
    "wrapped text": [(SHORT, "a value aX9-\n      q! wrapped"), (SHORT, "aX9\r\n-q!")],
    "concatenated literals": [
        (SHORT, "'aX9' + '-q!'"),
        (SHORT, "('aX9'\n  '-q!')"),
        (SHORT, "b'aX9'\nE     +     b'-q!'"),
        (SHORT, '"aX9" \\\n    "-q!"'),
    ],
    "a start": [(LONG, f"'{LONG[:22]}...'"), (LONG, LONG[:20])],
    "an end": [(LONG, f"...{LONG[-12:]}'"), (LONG, LONG[-20:])],
    "a line": [
        (f"first\n{LONG}\nlast", f"E   {LONG}\n"),
        (f"first\n{LONG}\nlast", f'    "{LONG}" + x'),
    ],
}
