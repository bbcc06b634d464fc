"""Where in a large text a closer look is worth it: a quick search that misses nothing.

It sees a text in the ways that the search does, but each only where it may matter: escapes around
escapes, encodings in long runs of digits. Most of a log is then never decoded, and read a few
times by what is about as fast as memory. Where it finds something the search says what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from pytest_julep_secrets.leaks import surroundings
from pytest_julep_secrets.leaks.engine import Fixed, fixed_matcher
from pytest_julep_secrets.leaks.forms.codecs import CODECS, Codec
from pytest_julep_secrets.leaks.forms.noise import COLOURED, STRIPPED, strip
from pytest_julep_secrets.leaks.forms.readable import is_text, texts_in
from pytest_julep_secrets.leaks.forms.view import Kept, Span, View
from pytest_julep_secrets.leaks.layers import Decoded, Gathered, Layer, Seen, Whole
from pytest_julep_secrets.leaks.matcher import SHORTEST
from pytest_julep_secrets.leaks.needles import Use
from pytest_julep_secrets.leaks.search import DEPTH, ESCAPES_DEEP
from pytest_julep_secrets.leaks.table import FORMS, Views
from pytest_julep_secrets.leaks.tiles import IGNORED, LENGTH, tiles

# How many times as long as itself a value may be in a text.
_ROOM: Final = 10
_MORE_ROOM: Final = 512
_SPACED: Final = ("hex", "listed bytes")

# The first or the last piece of a value, with what is ignored in it, and nothing that a mail has to
# escape.
_PLAIN_END: Final = re.compile(r"\A[ -<>-~]{20}|[ -<>-~]{20}\Z")

See = Callable[[bytes], View | None]
Around = Callable[[bytes], list[Span]]


class Sieve:
    """Tells where values may stand.

    Args:
        values: All of them.
        uses: What stands for them in a search.
        fixed: Makes what finds pieces of them; the fastest there is.

    Attributes:
        room: How many bytes a value may take in a text, whatever it looks like.
    """

    def __init__(
        self,
        values: Sequence[str],
        uses: Sequence[Use],
        fixed: Callable[[Sequence[bytes]], Fixed] = fixed_matcher,
    ) -> None:
        self._views = Views(FORMS)
        self._tiles = _Tiles(tiles(uses), fixed)
        self._odd = not all(is_text(use.spelling[use.first : use.last]) for use in uses)
        sizes = [len(value.encode("utf-8", "surrogatepass")) for value in values]
        self._shortest = min(sizes, default=0)
        self.room: int = _ROOM * max(sizes, default=0) + _MORE_ROOM
        self._uncolour = strip({COLOURED: STRIPPED[COLOURED]}, literals=False)
        self._ways = _ways(values, self._views, self._uncolour)

    def spans(self, data: bytes) -> list[Span]:
        """Give the parts of a text to search, from left to right."""
        if self._tiles.shortest < SHORTEST:
            return [(0, len(data))]
        found = self._everywhere(Whole(data), DEPTH)
        room = self.room
        around = ((max(start - room, 0), min(end + room, len(data))) for start, end in found)
        return surroundings.merged(around)

    def _everywhere(self, layer: Layer, depth: int) -> Iterator[Span]:
        for seen in self._seen(layer):
            yield from self._here(seen)
            if depth:
                yield from self._decoded(seen, depth - 1)

    def _here(self, layer: Layer) -> Iterator[Span]:
        told = -1
        for start, end in self._tiles.find(layer.data):
            # Of pieces that overlap one says it all; what is beside it may stand far away.
            place = layer.root(start, end, []) if start > told else None
            if place is not None:
                told = end
                yield place.start, place.end

    def _seen(self, layer: Layer) -> Iterator[Layer]:
        """Give a text's views: as it is, without noise, unescaped more and more, as of a mail."""
        yield layer
        for see, around in self._ways:
            seen = self._see(layer, see, around)
            if seen is not None:
                yield seen
                yield from self._unescaped(seen)
        yield from self._unescaped(layer)

    def _unescaped(self, layer: Layer) -> Iterator[Layer]:
        for _ in range(ESCAPES_DEEP):
            seen = self._see(layer, self._views.unescape, surroundings.of_escapes)
            if seen is None:
                return
            yield seen
            # Colours that were escaped with the value.
            plain = self._see(seen, self._uncolour, surroundings.of_colours)
            if plain is not None:
                yield plain
            layer = seen

    def _see(self, layer: Layer, see: See, around: Around) -> Layer | None:
        spans = around(layer.data)
        if spans and not self._odd:
            spans = surroundings.readable(layer.data, spans)
        if not spans:
            return None
        some = Gathered([(layer, span) for span in spans])
        view = see(some.data)
        return None if view is None else Seen(view, some)

    def _decoded(self, layer: Layer, depth: int) -> Iterator[Span]:
        data = layer.data
        parts: list[tuple[Layer, Span]] = []
        for spans, codecs in (
            (surroundings.of_digits(data, self._shortest), CODECS.values()),
            (surroundings.of_spaced_digits(data, self._shortest), map(CODECS.get, _SPACED)),
        ):
            if spans:
                runs = Gathered([(layer, span) for span in spans])
                for codec in (codec for some in codecs for codec in some or ()):
                    yield from self._read(codec, runs, parts)
        if parts:
            yield from self._everywhere(Gathered(parts), depth)

    def _read(self, codec: Codec, runs: Layer, parts: list[tuple[Layer, Span]]) -> Iterator[Span]:
        for view in codec(runs.data):
            decoded = Decoded(view, runs)
            if self._odd:
                yield from self._here(decoded)
            parts += [(decoded, span) for span in texts_in(view.data)]


def _ways(values: Sequence[str], views: Views, uncolour: See) -> list[tuple[See, Around]]:
    """Choose how to see a text that noise is in: each way with what gives the parts to see so."""
    ways: list[tuple[See, Around]] = [(uncolour, surroundings.of_colours)]
    # What noise, or a mail's escapes, may leave no piece of.
    is_short = any(len(value) <= 2 * LENGTH or "\n" in value for value in values)
    is_plain = all(map(_PLAIN_END.search, values))
    ways.append((views.strip, surroundings.of_noise if is_short else surroundings.of_breaks))
    if is_short or not is_plain:
        ways.append((views.mail, views.mail_lines))
    return ways


class _Tiles:
    """Pieces of values in a text.

    Args:
        pieces: Without what is ignored.
        fixed: Makes what finds them.
    """

    def __init__(self, pieces: Iterable[bytes], fixed: Callable[[Sequence[bytes]], Fixed]) -> None:
        known = list(dict.fromkeys(pieces))
        self.shortest = min(map(len, known), default=0)
        self._finder = fixed(known) if self.shortest >= SHORTEST else None

    def find(self, data: bytes) -> Iterator[Span]:
        """Give their places, from left to right."""
        if self._finder is None:
            return
        kept = Kept(data, IGNORED)
        for start, end, _ in sorted(self._finder.find(kept.data)):
            yield kept.place(start), kept.place(end - 1) + 1
