"""What of a value is looked for: all of it in some spellings, its start, its end, its lines."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, NamedTuple

from pytest_julep_secrets.leaks import public
from pytest_julep_secrets.leaks.forms.view import View

# What of a start, an end or a line tells that it is of the value.
_TELLING: Final = 12
# What others put between characters, quotes included. A text is searched without these: lists,
# wrapped lines and literals then look like the value.
LEFT_OUT: Final = bytes(range(33)) + b"\"'`,+\\"
_LINE: Final = re.compile(rb"[^\r\n]+")
_PART: Final = 60

ENCODERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "base85": base64.b85encode,
    "ascii85": base64.a85encode,
}
PARTS: Final = ("a start", "an end", "a line")


class Use(NamedTuple):
    """What a needle stands for. Does not show it.

    Attributes:
        number: Which value.
        spelling: The value, or what it is in an encoding.
        first: Where in it the part begins that has to be there.
        last: Where that ends.
        form: "plain", the name of a part, or of the encoding.
        more: How many bytes of the value's encoding may follow, which depend on what is behind it.
    """

    number: int
    spelling: bytes
    first: int
    last: int
    form: str
    more: int = 0

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.form} of {self.number}>"

    @property
    def needle(self) -> bytes:
        """Return what to look for."""
        return self.spelling[self.first : self.last].translate(None, LEFT_OUT)

    @property
    def anchor(self) -> int:
        """Return where in the spelling the needle's first byte stands."""
        part = self.spelling[self.first : self.last]
        return self.first + len(part) - len(part.lstrip(LEFT_OUT))

    @property
    def is_part(self) -> bool:
        """Tell whether the value need not be there as a whole."""
        return self.form in PARTS


def uses(
    number: int,
    value: str,
    name: str,
    forms: Collection[str],
    unescape: Callable[[bytes], View | None],
) -> Iterator[Use]:
    """Give everything that is looked for.

    Args:
        number: Which value.
        value: The value.
        name: Its name.
        forms: The names of those that are looked for.
        unescape: How a text's escapes are decoded.
    """
    plain = value.encode("utf-8", "surrogatepass")
    for spelling in _spellings(value, plain, unescape, utf16="UTF-16" in forms):
        yield _whole(number, spelling, "plain")
    yield from _encoded(number, plain, forms)
    yield from (use for use in _parts(number, plain, name) if use.form in forms)


def _whole(number: int, spelling: bytes, form: str) -> Use:
    # A file's last line break is often lost.
    first = len(spelling) - len(spelling.lstrip(b"\r\n"))
    return Use(number, spelling, first, len(spelling.rstrip(b"\r\n")), form)


def _spellings(
    value: str, plain: bytes, unescape: Callable[[bytes], View | None], *, utf16: bool
) -> list[bytes]:
    """List the value, and what becomes of it where everything is decoded."""
    found = [plain]
    decoded = plain
    while (view := unescape(decoded)) is not None:
        decoded = view.data
    found.append(decoded)
    # What the server's database makes of NUL, and pytest's captures of half a surrogate pair.
    found += [plain.replace(b"\0", b""), value.encode("utf-8", "replace")]
    if not value.isascii():
        texts = [_escaped(value.encode("latin-1", "ignore"))] if _is_latin(value) else []
        if utf16:
            for order in ("utf-16-le", "utf-16-be"):
                encoded = value.encode(order, "surrogatepass")
                found.append(encoded)
                texts.append(_escaped(encoded))
        found += [view.data for text in texts if (view := unescape(text)) is not None]
    return list(dict.fromkeys(one for one in found if len(one) >= _SHORTEST))


_SHORTEST: Final = 6


def _is_latin(value: str) -> bool:
    return all(ord(character) < 0x100 for character in value)


def _escaped(data: bytes) -> bytes:
    return b"\\x" + data.hex("x").replace("x", "\\x").encode()


def _encoded(number: int, plain: bytes, forms: Collection[str]) -> Iterator[Use]:
    """Give the encodings that a text cannot be decoded from as a whole."""
    for name, encode in ENCODERS.items():
        if name in forms:
            # Whole groups are the same whatever follows.
            count = min(len(plain), _PART) // 4 * 4
            spelling = encode(plain if len(plain) < _TELLING else plain[:count])
            more = len(plain) * 5 // 4 + 1 - len(spelling)
            yield Use(number, spelling, 0, len(spelling), name, more)


def _parts(number: int, plain: bytes, name: str) -> Iterator[Use]:
    known = name.encode("utf-8", "surrogatepass")
    named = plain.lower().startswith(known.lower())
    start = max(public.prefix(plain), len(known) if named else 0)
    end = len(plain) - public.suffix(plain)
    # Of 12 characters that are all there is, the value itself is looked for already.
    if start + _TELLING <= end and len(plain) > _TELLING:
        yield Use(number, plain, start, start + _TELLING, "a start")
        yield Use(number, plain, end - _TELLING, end, "an end")
    lines = list(_LINE.finditer(plain))
    if len(lines) > 1:
        for line in lines:
            text = line[0]
            if len(text) - public.prefix(text) - public.suffix(text) >= _TELLING:
                yield Use(number, plain, line.start(), line.end(), "a line")
