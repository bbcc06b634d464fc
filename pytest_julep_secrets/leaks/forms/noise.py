"""Noise: what others put between a value's characters, where they colour, wrap or list it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from pytest_julep_secrets.leaks.forms.view import Rewritten

# Has letters and digits in it, so it has to go before anything is looked for.
COLOURED: Final = "coloured text"
STRIPPED: Final[Mapping[str, bytes]] = {
    COLOURED: rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])",
    # "E   ", as pytest marks what an error says, and the sign of a line in a diff of two.
    "pytest's marks": rb"^E(?:[ \t]+[-+?](?=[ \t]))?(?=[ \t]|$)",
}
LITERALS: Final = "concatenated literals"
# The letters of one, as in  b'..' b'..'
_PREFIX: Final = rb"(?<=[\s+(])[burf][bBrR]?(?=[\"'])"
# What each byte is to that pattern, a space, letter or quote: looked for so, it is there or not
# several times as fast.
_CLASSES: Final = {**dict.fromkeys(b"\t\n\v\f\r +(", 115), **dict.fromkeys(b"burfBR", 108)}
_KINDS: Final = bytes(113 if code in b"\"'" else _CLASSES.get(code, 46) for code in range(256))
# Where a long one is broken, as pprint does and pytest's `-vv`; and perhaps what is encoded in it.
_BREAK: Final = re.compile(rb"[\"'][ \t]*\r?\n(?:E?[ \t]+(?:[-+?][ \t]+)?)?[burf]?[bBrR]?[\"']")

# May stand anywhere in a value.
JOINTS: Final[Mapping[str, bytes]] = {
    LITERALS: rb"[\"'`][ \t]*(?:[+\\][ \t]*)?(?:\r?\n[ \t]*)?(?:\+[ \t]*)?[\"'`]",
    "wrapped text": rb"[ \t]*\\?\r?\n[ \t]*|(?<=\n)[ \t]+",
}

# What is long is broken into literals.
_BROKEN: Final = rb"(?:[\"'`][ \t\r]*\n[ \t\r]*[\"'`])?"

# Stands between all characters of a value. Each reads the same from its end.
GAPS: Final[Mapping[str, bytes]] = {
    "listed characters": rb"[\"'`]?[bBuU]?%b\s*[,]\s*%b[bBuU]?[\"'`]?" % (_BROKEN, _BROKEN),
    "spaced characters": rb"%b %b" % (_BROKEN, _BROKEN),
    "UTF-16": rb"\0",
}


def strip(kinds: Mapping[str, bytes], *, literals: bool) -> Callable[[bytes], Rewritten | None]:
    """Make a view without these kinds of noise, None for a text without any.

    Args:
        kinds: Some of the above.
        literals: Whether the letters of literals go too.
    """
    if literals:
        kinds = {**kinds, LITERALS: b"%b|%b" % (_BREAK.pattern, _PREFIX)}
    named = [b"(?P<_%d>%b)" % (place, kind) for place, kind in enumerate(kinds.values())]
    pattern = re.compile(b"|".join(named), re.MULTILINE)
    names = list(kinds)

    def view(data: bytes) -> Rewritten | None:
        if not (
            b"\x1b" in data
            or data.startswith(b"E")
            or b"\nE" in data
            or (literals and _may_have_literals(data))
        ):
            return None
        seen = Rewritten(data, pattern, lambda _: b"", name)
        return seen if seen.data != data else None

    def name(match: re.Match[bytes]) -> str:
        return names[int((match.lastgroup or "_0")[1:])]

    return view


def _may_have_literals(data: bytes) -> bool:
    if b"'" not in data and b'"' not in data:
        return False
    kinds = data.translate(_KINDS)
    return b"slq" in kinds or b"sllq" in kinds or _BREAK.search(data) is not None


def literal_places(data: bytes) -> Iterator[int]:
    """Give the places of all letters of literals, and of some others."""
    if b"'" in data or b'"' in data:
        kinds = data.translate(_KINDS)
        for sign in (b"slq", b"sllq"):
            place = kinds.find(sign)
            while place >= 0:
                yield place
                place = kinds.find(sign, place + 1)
