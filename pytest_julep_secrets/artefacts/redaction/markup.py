"""XML and HTML: what stands between tags, and in attributes.

A text is read as browsers do (https://html.spec.whatwg.org/multipage/parsing.html#tokenization),
but for what XML only has: CDATA, and declarations in a DOCTYPE. Each state is left by a pattern
that looks at each byte once, so that no text takes long, however broken it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Final, NamedTuple

from pytest_julep_secrets.artefacts.redaction.pieces import Piece, PieceKind, Span
from pytest_julep_secrets.artefacts.redaction.streams import PART, parts, reader

_REFERENCE: Final = re.compile(
    rb"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
# More than a reference, or what a state ends with.
_LONGEST: Final = 80
# More than is looked at behind what a state ends with.
_AHEAD: Final = 16


def _reference_around(data: bytes, place: int) -> Span:
    start = data.rfind(b"&", max(place - _LONGEST, 0), place)
    match = _REFERENCE.match(data, start) if start >= 0 else None
    return match.span() if match is not None and match.end() > place else (place, place)


CONTENT: Final = PieceKind(_reference_around)
LITERAL: Final = PieceKind()
CODE: Final = PieceKind(is_code=True)


class State(NamedTuple):
    """Where in the markup.

    Attributes:
        end: What ends it; its last group tells what comes next.
        kind: What stands there, or None if nothing may be replaced.
        following: The next state, for each group of `end`.
    """

    end: re.Pattern[bytes]
    kind: PieceKind | None
    following: tuple[str, ...]


def _ends(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


# Elements that hold text only; in XML they are as others.
_RAW: Final = {
    "script": CODE, "style": CODE, "title": CONTENT, "textarea": CONTENT, "xmp": LITERAL,
    "iframe": LITERAL, "noembed": LITERAL, "noframes": LITERAL,
}  # fmt: skip
# What is behind a tag: what its element holds.
_BEHIND: Final = "behind"

_OPENING: Final = (
    rb"<(?:(!---?>)|(!--)|(!\[CDATA\[)|(!doctype(?=[\s>]))|([?!]|/(?=[^a-z>_:\x80-\xff]))"
    rb"|((?:%b)(?=[\s/>]))|(/?(?=[a-z_:\x80-\xff])))" % "|".join(_RAW).encode()
)
# Most attributes as a whole, up to their values: the states for each part of one are for the rest.
_ATTRIBUTE: Final = rb"[^\s/>=]++\s*+=\s*+"


def _in_tag(end: bytes, *following: str) -> State:
    # An element that is closed at once holds nothing; browsers think otherwise of some.
    return State(_ends(rb"(/>)|(>)|" + end), None, ("text", _BEHIND, *following))


def _quoted(quote: bytes) -> State:
    end = rb"(%b\s*+/>)|(%b\s*+>)|(%b)" % (quote, quote, quote)
    return State(_ends(end), CONTENT, ("text", _BEHIND, "attributes"))


STATES: Final[Mapping[str, State]] = {
    "text": State(
        _ends(_OPENING),
        CONTENT,
        ("text", "comment", "cdata", "doctype", "instruction", "raw tag", "tag"),
    ),
    "comment": State(_ends(rb"(--!?>)"), LITERAL, ("text",)),
    "cdata": State(_ends(rb"(\]\]>)"), LITERAL, ("text",)),
    "instruction": State(_ends(rb"(\??>)"), LITERAL, ("text",)),
    "doctype": State(_ends(rb"(>)|(\[)"), LITERAL, ("text", "subset")),
    "subset": State(_ends(rb"(\]\s{0,40}>)"), LITERAL, ("text",)),
    "tag": _in_tag(rb"([\s/])", "attributes"),
    "attributes": _in_tag(
        rb"(%b\")|(%b')|([^\s/>])" % (_ATTRIBUTE, _ATTRIBUTE), "double", "single", "name"
    ),
    "name": _in_tag(rb"(/)|(=)|(\s)", "attributes", "equals", "named"),
    "named": _in_tag(rb"(/)|(=)|([^\s/>=])", "attributes", "equals", "name"),
    "equals": _in_tag(rb"(\")|(')|((?=[^\s>\"']))", "double", "single", "bare"),
    "double": _quoted(b'"'),
    "single": _quoted(b"'"),
    "bare": State(_ends(rb"((?=[\s>]))"), CONTENT, ("attributes",)),
    **{
        name: State(_ends(rb"(</(?=%b[\s/>]))" % name.encode()), kind, ("tag",))
        for name, kind in _RAW.items()
    },
}


def pieces(
    file: BinaryIO, *, scripts: bool, size: int = PART, states: Mapping[str, State] = STATES
) -> Iterator[Piece]:
    """Give texts, attributes' values, comments, and scripts.

    Args:
        file: The markup.
        scripts: Whether scripts, and other elements of HTML that hold text only, do.
        size: How much is read at a time.
        states: What may be where.
    """
    reading, data, place = _Reading(states, scripts=scripts), b"", 0
    for part in _with_end(parts(file, size)):
        data += part
        at = 0
        while at < len(data):
            here = reading.here
            match = here.end.search(data, at)
            # Close to the end, what follows may make it another match.
            is_known = match is not None and (not part or match.end() + _AHEAD < len(data))
            end = match.start() if match is not None else len(data)
            if not is_known:
                end = min(end, _safe_end(data, at, part))
            if here.kind is not None and end > at:
                yield Piece(place + at, data[at:end], here.kind)
            at = end
            if match is None or not is_known:
                break
            at = match.end()
            reading.leave(match)
        place += at
        data = data[at:]


class _Reading:
    """Where in the states a reader is."""

    def __init__(self, states: Mapping[str, State], *, scripts: bool) -> None:
        self._states = states
        self._scripts = scripts
        self._behind = "text"
        self.here: State = states["text"]

    def leave(self, match: re.Match[bytes]) -> None:
        """Go to the next state."""
        group = match.lastindex or 1
        following = self.here.following[group - 1]
        if following == _BEHIND:
            following = self._behind
        elif following == "raw tag":
            following = "tag"
            self._behind = match[group].decode().lower() if self._scripts else "text"
        elif following == "tag":
            self._behind = "text"
        self.here = self._states[following]


def _with_end(found: Iterator[bytes]) -> Iterator[bytes]:
    yield from found
    yield b""


def _safe_end(data: bytes, at: int, part: bytes) -> int:
    """Say up to where nothing can be cut."""
    end = max(len(data) - _LONGEST, at) if part else len(data)
    return max(_reference_around(data, end)[0], at)


class Outline:
    """What is around pieces: the same for HTML that differs in nothing but what is in them."""

    def __init__(self, file: BinaryIO) -> None:
        self._reading = reader(file)
        self._place = 0
        self._told = hashlib.sha256()

    def around(self, found: Iterable[Piece]) -> Iterator[Piece]:
        """Pass on all pieces of the file."""
        for piece in found:
            if piece.start > self._place:
                # A text has no zeros, so one can stand for what is in a piece.
                self._told.update(self._reading.read(piece.start - self._place) + b"\0")
            self._place = piece.end
            self._reading.seek(piece.end)
            yield piece

    def digest(self) -> bytes:
        """Return it, when all pieces were given."""
        while part := self._reading.read(PART):
            self._told.update(part)
        return self._told.digest()


def outline(file: BinaryIO) -> bytes:
    """Return the outline of some HTML."""
    made = Outline(file)
    for _ in made.around(pieces(file, scripts=True)):
        pass
    return made.digest()
