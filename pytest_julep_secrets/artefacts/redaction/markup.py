"""XML and HTML: what stands between tags, and in attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from pytest_julep_secrets.artefacts.redaction.pieces import Piece, PieceKind, Span
from pytest_julep_secrets.artefacts.redaction.streams import PART, parts

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


class _State(NamedTuple):
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


_OPENING: Final = (
    rb"<(?:(!--)|(!\[CDATA\[)|(\?)|(!(?=[a-z]))"
    rb"|((?:script|style)(?=[\s/>]))|(/?(?=[a-z_:\x80-\xff])))"
)
_TEXTS: Final[dict[str, _State]] = {
    "text": _State(
        _ends(_OPENING),
        CONTENT,
        ("comment", "cdata", "instruction", "declaration", "script tag", "tag"),
    ),
    "comment": _State(_ends(rb"(-->)"), LITERAL, ("text",)),
    "cdata": _State(_ends(rb"(\]\]>)"), LITERAL, ("text",)),
    "instruction": _State(_ends(rb"(\??>)"), LITERAL, ("text",)),
    "declaration": _State(_ends(rb"(>)|(\[)"), LITERAL, ("text", "subset")),
    "subset": _State(_ends(rb"(\]\s{0,40}>)"), LITERAL, ("text",)),
    "script": _State(_ends(rb"(</(?:script|style)(?=[\s/>]))"), CODE, ("tag",)),
}


def _tag(name: str, behind: str) -> dict[str, _State]:
    """Give the states of a tag: its inside, and each kind of attribute's value, back to that."""
    ends = {"double": rb"(\")", "single": rb"(')", "bare": rb"((?<=[^\s])(?=[\s>]))"}
    values = tuple(f"{name}, {value}" for value in ends)
    inside = rb"(=\s{0,40}\")|(=\s{0,40}')|(=(?=\s{0,40}[^\s\"'>]))|(>)"
    return {
        name: _State(_ends(inside), None, (*values, behind)),
        **{
            value: _State(_ends(end), CONTENT, (name,))
            for value, end in zip(values, ends.values(), strict=True)
        },
    }


_STATES: Final[dict[str, _State]] = {
    **_TEXTS,
    **_tag("tag", "text"),
    **_tag("script tag", "script"),
}


def pieces(file: BinaryIO, *, scripts: bool, size: int = PART) -> Iterator[Piece]:
    """Give texts, attributes' values, comments, and scripts.

    Args:
        file: The markup.
        scripts: Whether scripts and styles are what HTML takes them for.
        size: How much is read at a time.
    """
    state, data, place = "text", b"", 0
    for part in _with_end(parts(file, size)):
        data += part
        at = 0
        while at < len(data):
            here = _STATES[state]
            match = here.end.search(data, at)
            # Close to the end, what follows may make it another match.
            is_known = match is not None and (not part or match.end() + _AHEAD < len(data))
            end = match.start() if match is not None and is_known else _safe_end(data, at, part)
            if here.kind is not None and end > at:
                yield Piece(place + at, data[at:end], here.kind)
            at = end
            if match is None or not is_known:
                break
            at = max(match.end(), at)
            state = here.following[(match.lastindex or 1) - 1]
            if state.startswith("script") and not scripts:
                state = state.replace("script tag", "tag")
        place += at
        data = data[at:]


def _with_end(found: Iterator[bytes]) -> Iterator[bytes]:
    yield from found
    yield b""


def _safe_end(data: bytes, at: int, part: bytes) -> int:
    """Say up to where nothing can be cut."""
    end = max(len(data) - _LONGEST, at) if part else len(data)
    return max(_reference_around(data, end)[0], at)
