"""Values in a text, in whatever form: the text's views, what is found in them, and where.

A text is seen as it is, unescaped as often as it changes, and decoded; what is decoded and looks
like text is seen the same ways again. In each view a value can stand only if its needle does
(one pass for all), and does stand only if it agrees with the text there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final, NamedTuple

from pytest_julep_secrets.leaks.align import Aligner
from pytest_julep_secrets.leaks.engine import Engine, fastest
from pytest_julep_secrets.leaks.forms.readable import is_text, texts_in
from pytest_julep_secrets.leaks.forms.view import Kept, Span
from pytest_julep_secrets.leaks.layers import Decoded, Gathered, Layer, Seen, Whole
from pytest_julep_secrets.leaks.matcher import SHORTEST
from pytest_julep_secrets.leaks.needles import LEFT_OUT, Use, uses
from pytest_julep_secrets.leaks.table import FORMS, Form, Views

# So many encodings may be in each other.
DEPTH: Final = 2
# Escapes of escapes end of themselves; made up ones may take their time.
ESCAPES_DEEP: Final = 8
# A part of so many values tells nothing.
_SHARED: Final = 2
_VISIBLE: Final = bytes(range(33, 127))
_SOFT_BREAK: Final = re.compile(rb"=\r?\n")


class Found(NamedTuple):
    """A value in a text.

    Attributes:
        start: Where it begins.
        end: Behind its last character.
        number: Which value.
        form: What it looks like.
        whole: Whether all of the value was seen there.
        others: Values that stand inside of it, or overlap it.
    """

    start: int
    end: int
    number: int
    form: str
    whole: bool
    others: tuple[int, ...] = ()


class Search:
    """A growing set of values. One thread may add while others search.

    Args:
        forms: What they may look like.
        engine: Looks for needles; None: the fastest there is.
    """

    def __init__(self, forms: tuple[Form, ...] = FORMS, engine: Engine | None = None) -> None:
        self._views = Views(forms)
        self._names = {form.name for form in forms}
        self._aligner = Aligner(self._views.joints, self._views.gaps)
        self._engine: Engine = fastest() if engine is None else engine
        self._numbers: dict[str, int] = {}
        self._uses: list[tuple[Use, ...]] = []
        # Values of quotes and spaces only, which no needle is left of.
        self._bare: list[Use] = []
        # Whether a value has something like an escape in it, that must stay what it is.
        self._escaped = False
        # Whether a value does not look like text, so that all that is decoded is looked into.
        self._odd = False

    @property
    def uses(self) -> list[Use]:
        """All that is looked for."""
        return [*chain.from_iterable(self._uses), *self._bare]

    def number(self, value: str) -> int | None:
        """Return the number of a value, or None if it is not looked for."""
        return self._numbers.get(value)

    def add(self, value: str, name: str = "") -> int:
        """Look for a value from now on, and return its number.

        Args:
            value: The value.
            name: Its name, which tells nothing where the value begins with it.
        """
        number = len(self._numbers)
        plain = value.encode("utf-8", "surrogatepass")
        self._escaped = self._escaped or self._views.unescape(plain) is not None
        for use in uses(number, value, name, self._names, self._views.unescape):
            needle = use.needle
            self._odd = self._odd or not is_text(use.spelling[use.first : use.last])
            if len(needle) >= SHORTEST:
                self._register(needle, use)
            elif not use.is_part:
                self._bare.append(use)
        self._numbers[value] = number
        return number

    def _register(self, needle: bytes, use: Use) -> None:
        known = self._engine.number(needle)
        if known is None:
            # First, as another thread may find it from there on.
            self._uses.append((use,))
            self._engine.add(needle)
            return
        others = self._uses[known]
        # That a part is shared is known from two.
        if not use.is_part or len({other.number for other in others}) < _SHARED:
            self._uses[known] = (*others, use)

    def find(self, text: str) -> list[Found]:
        """Find all values; what stands inside of another, or overlaps one, is left out.

        Returns:
            Values from left to right. Where two overlap, the one that begins first counts, or
            the one that is there as a whole, and ends where the last of them ends.
        """
        if len(text) < SHORTEST:
            # Most texts that are asked about are empty.
            return []
        data = text.encode("utf-8", "surrogatepass")
        found = self.find_in_bytes(data)
        return found if len(data) == len(text) else _in_characters(found, data)

    def find_in_bytes(self, data: bytes) -> list[Found]:
        """Find all values as above, in UTF-8 or any other bytes; places count bytes."""
        return _merged(list(self._everywhere(Whole(data), DEPTH)))

    def _everywhere(self, layer: Layer, depth: int) -> Iterator[Found]:
        last = layer
        for last in self._seen(layer):
            yield from self._here(last)
        parts: list[tuple[Layer, Span]] = []
        mail = self._mail(last)
        if mail is not None:
            # "limit=20" looks like it, and is no reason to decode each line of a log once more.
            wrapped = _SOFT_BREAK.search(last.data) is not None
            yield from self._everywhere(mail, depth - 1 if wrapped and depth else 0)
        if not depth:
            return
        for codec in self._views.codecs:
            for view in codec(last.data):
                decoded = Decoded(view, last)
                if self._odd:
                    yield from self._here(decoded)
                parts += [(decoded, span) for span in texts_in(view.data)]
        if parts:
            yield from self._everywhere(Gathered(parts), depth - 1)

    def _seen(self, layer: Layer) -> Iterator[Layer]:
        """Give a text's views, of which the last is the one to decode."""
        yield layer
        if self._escaped:
            yield from self._seen_apart(layer)
        stripped = self._views.strip(layer.data)
        if stripped is not None:
            # What is taken out may be a value's own: the b of "a b" before a quote.
            yield from self._unescaped(layer)
            layer = Seen(stripped, layer)
            yield layer
        yield from self._unescaped(layer)

    def _unescaped(self, layer: Layer) -> Iterator[Layer]:
        for _ in range(ESCAPES_DEEP):
            seen = self._views.unescape(layer.data)
            if seen is None:
                return
            layer = Seen(seen, layer)
            yield layer
            # Colours that were escaped with the value.
            plain = self._views.strip(layer.data) if b"\x1b" in layer.data else None
            if plain is not None:
                layer = Seen(plain, layer)
                yield layer

    def _mail(self, layer: Layer) -> Layer | None:
        # Few lines of most texts look like it, and only those are seen that way.
        lines = self._views.mail_lines(layer.data)
        if not lines:
            return None
        some = Gathered([(layer, span) for span in lines])
        seen = self._views.mail(some.data)
        return Seen(seen, some) if seen is not None else None

    def _seen_apart(self, layer: Layer) -> Iterator[Layer]:
        """Give the views with escapes of one kind decoded, once and twice.

        With all kinds decoded at once, what looks like an escape in a value may be joined with
        one around it.
        """
        for view in self._views.unescape_one:
            once = view(layer.data)
            if once is not None:
                outer = Seen(once, layer)
                yield outer
                twice = view(once.data)
                if twice is not None:
                    yield Seen(twice, outer)

    def _here(self, layer: Layer) -> Iterator[Found]:
        data = layer.data
        kept = Kept(data, LEFT_OUT)
        for match in self._engine.find(kept.data):
            place = kept.place(match.start)
            for use in _telling(self._uses[match.number]):
                yield from self._verified(use, layer, place)
        for use in list(self._bare):
            place = data.find(use.spelling)
            while place >= 0:
                yield from self._verified(use, layer, place + use.anchor)
                place = data.find(use.spelling, place + 1)

    def _verified(self, use: Use, layer: Layer, place: int) -> Iterator[Found]:
        aligned = self._aligner.align(use, layer.data, place)
        if aligned is None:
            return
        end = aligned.end
        if use.more > 0:
            following = layer.data[end : end + use.more]
            end += len(following) - len(following.lstrip(_VISIBLE))
        names = [] if aligned.form == "plain" else [aligned.form]
        place_there = layer.root(aligned.start, end, names)
        if place_there is not None:
            start, end, names = place_there
            form = " of ".join(reversed(names)) or "plain"
            yield Found(start, end, use.number, form, whole=aligned.whole)


def _telling(uses: tuple[Use, ...]) -> list[Use]:
    """Leave out parts that several values share: they tell nothing."""
    shared = len({use.number for use in uses}) >= _SHARED
    return [use for use in uses if not (shared and use.is_part)]


def _earliest(one: Found) -> tuple[int, int, bool]:
    return one.start, -one.end, not one.whole


def _merged(found: list[Found]) -> list[Found]:
    merged: list[Found] = []
    for one in sorted(found, key=_earliest):
        if merged and one.start < merged[-1].end:
            first = merged[-1]
            end = max(first.end, one.end)
            told = one if one.whole and not first.whole else first
            # Each number once, as a long run may hold one value thousands of times.
            new = (number for number in (first.number, one.number) if number not in first.others)
            others = (*first.others, *new)
            merged[-1] = told._replace(start=first.start, end=end, others=others)
        else:
            merged.append(one)
    return merged


def _in_characters(found: list[Found], data: bytes) -> list[Found]:
    """Return the places in the text, of those in its UTF-8."""
    result, here, characters = [], 0, 0
    for one in found:
        characters += _count(data[here : one.start])
        start = characters
        characters += _count(data[one.start : one.end])
        here = one.end
        result.append(one._replace(start=start, end=characters))
    return result


def _count(data: bytes) -> int:
    return len(data.decode("utf-8", "surrogatepass"))
