"""UUIDs and integers in paths, queries and headers, with the server's words for bad ones.

Source: pydantic-core 2.27.2 (and the Rust crate uuid 1.x below it); the texts are ours to
keep because those of an installed pydantic change with its version.
"""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID


class Invalid(Exception):
    """A parameter that cannot be read.

    Attributes:
        type: The server's error type, such as "uuid_parsing".
        msg: The server's sentence.
    """

    def __init__(self, type_: str, msg: str) -> None:
        super().__init__(type_)
        self.type = type_
        self.msg = msg


# --- integers

# Unicode's White_Space, which Rust trims; Python's strip() would take U+001C to U+001F too.
_SPACE: Final = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
# pydantic-core first reads the text as it stands and gives up when the number gets too long;
_TOO_LONG: Final = re.compile(r"[1-9][0-9]{4300}|-[1-9][0-9]{4299}")
# then it drops a plus, leading zeros (with any underscores among them), single underscores
# between digits, and a fraction of zeros. After leading zeros it also takes a minus.
_DIGITS: Final = r"(?P<digits>0|[1-9][0-9]*(?:_[0-9]+)*)(?:\.0+)?"
_INTEGER: Final = re.compile(rf"(?:(?P<minus>-)|\+)?(?:0[0_]*(?=[0-9]))?{_DIGITS}")
_LATE_MINUS: Final = re.compile(rf"\+?0[0_]*(?P<minus>-)_?{_DIGITS}")
# Digits, and the minus of a negative number.
_MAX_LENGTH: Final = 4300


def parse_int(text: str) -> int:
    """Read an integer as the server does: ` 1 `, `+1`, `01`, `1_000` and `1.0` are integers.

    Raises:
        Invalid: `int_parsing`, or `int_parsing_size` for a number of over 4300 digits.
    """
    if _TOO_LONG.match(text):
        raise Invalid(
            "int_parsing_size",
            "Unable to parse input string as an integer, exceeded maximum size",
        )
    text = text.strip(_SPACE)
    match = _INTEGER.fullmatch(text) or _LATE_MINUS.fullmatch(text)
    number = (match["minus"] or "") + match["digits"].replace("_", "") if match else ""
    if not 0 < len(number) <= _MAX_LENGTH:
        raise Invalid(
            "int_parsing",
            "Input should be a valid integer, unable to parse string as an integer",
        )
    return int(number)


# --- UUIDs

_HYPHENATED: Final = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_UUID: Final = re.compile(
    rf"[0-9a-fA-F]{{32}}|{_HYPHENATED}|\{{{_HYPHENATED}\}}|urn:uuid:{_HYPHENATED}"
)
_NOT_UUID: Final = re.compile("[^0-9a-fA-F-]")
_URN: Final = "urn:uuid:"
_GROUP_STARTS: Final = (0, 9, 14, 19, 24)
_GROUP_SIZES: Final = (8, 4, 4, 4, 12)
_USIZE: Final = 1 << 64


def parse_uuid(text: str) -> UUID:
    """Read a UUID: any case, with or without hyphens, in braces, or as a URN.

    Raises:
        Invalid: `uuid_parsing`, with the place of the first mistake.
    """
    if _UUID.fullmatch(text):
        return UUID(text)
    raise Invalid("uuid_parsing", f"Input should be a valid UUID, {_uuid_mistake(text)}")


def _uuid_mistake(text: str) -> str:
    """Say what is wrong with a UUID. Lengths and places count UTF-8 bytes, as in Rust."""
    text, inner, offset = _unwrap(text)
    wrong = _NOT_UUID.search(inner)
    if wrong is not None:
        place = _length(inner[: wrong.start()]) + offset + 1
        return (
            "invalid character: expected an optional prefix of `urn:uuid:` followed by "
            f"[0-9a-fA-F-], found `{wrong[0]}` at {place}"
        )
    hyphens = [place for place, character in enumerate(inner) if character == "-"]
    if not hyphens and not offset:
        return f"invalid length: expected length 32 for simple format, found {len(text)}"
    if len(hyphens) != 4:
        return f"invalid group count: expected 5, found {len(hyphens) + 1}"
    return _wrong_group(hyphens, len(text))


def _length(text: str) -> int:
    return len(text.encode(errors="surrogatepass"))


def _unwrap(text: str) -> tuple[str, str, int]:
    """Take off braces or the URN prefix.

    Returns what the parser takes for the text, what is inside it, and the bytes before that.
    Of a wrapped text of the right length the parser has forgotten the wrapping.
    """
    for head, tail in (("{", "}"), (_URN, "")):
        if text.startswith(head) and text.endswith(tail) and len(text) >= len(head + tail):
            inner = text[len(head) : len(text) - len(tail)]
            if _length(inner) == 36:
                return _unwrap(inner)
            return text, inner, len(head)
    return text, text, 0


def _wrong_group(hyphens: list[int], length: int) -> str:
    for group, hyphen in enumerate(hyphens):
        if hyphen != _GROUP_STARTS[group + 1] - 1:
            # Rust subtracts without a sign: a hyphen too early gives a huge number.
            found = (hyphen - _GROUP_STARTS[group]) % _USIZE
            return _group_length(group, found)
    return _group_length(4, length - _GROUP_STARTS[4])


def _group_length(group: int, found: int) -> str:
    return f"invalid group length in group {group}: expected {_GROUP_SIZES[group]}, found {found}"
