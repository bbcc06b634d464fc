"""Text: plain, JSON, XML, HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, tee
from typing import BinaryIO, Final, Protocol

from pytest_julep_secrets.artefacts.redaction import markup, xml
from pytest_julep_secrets.artefacts.redaction.job import Job
from pytest_julep_secrets.artefacts.redaction.json import JsonText
from pytest_julep_secrets.artefacts.redaction.pieces import Part, Piece, edits, replace
from pytest_julep_secrets.artefacts.redaction.refusal import BY_HAND, RefusedError
from pytest_julep_secrets.artefacts.redaction.streams import parts, scratch
from pytest_julep_secrets.leaks.chunks import Hit

# What is replaced may make another value of what is around it.
_ROUNDS: Final = 5
_HEAD: Final = 4096
_IS_MARKUP: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[A-Za-z_:!?]")
_IS_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_SIGNED: Final = b"-----BEGIN PGP SIGNED MESSAGE-----"


class _Syntax(Protocol):
    """How a text is written."""

    what: str

    def pieces(self, hits: Iterator[Hit], /) -> Iterator[Piece]:
        """Give what may be replaced, where there are hits at least."""

    def joins(self, parts: list[Part], /) -> bool:
        """Tell whether parts of one value may become one."""

    def agrees(self, result: BinaryIO, places: Iterable[int], /) -> bool:
        """Tell whether the result, changed at these places, is as well-formed.

        Asked after all pieces were given.
        """


class _Markup:
    """XML or HTML."""

    def __init__(self, file: BinaryIO, *, is_html: bool, encoding: str | None) -> None:
        self.what = "HTML" if is_html else "XML"
        self._file = file
        self._outline = markup.Outline(file)
        self._is_html = is_html
        self._encoding = encoding

    def pieces(self, _hits: Iterator[Hit], /) -> Iterator[Piece]:
        found = markup.pieces(self._file, scripts=self._is_html)
        return self._outline.around(found) if self._is_html else found

    def joins(self, _parts: list[Part], /) -> bool:
        return False

    def agrees(self, result: BinaryIO, _places: Iterable[int], /) -> bool:
        if self._is_html:
            return markup.outline(result) == self._outline.digest()
        return xml.form_of(result, self._encoding) is xml.Form.WELL_FORMED


def redacted(file: BinaryIO, job: Job, encoding: str | None = None) -> BinaryIO | None:
    """Replace values in a text, until none is found.

    Args:
        file: The text: UTF-8, or anything that agrees with ASCII. Stays as it is.
        job: Is told of what was replaced.
        encoding: Of XML: None if it is what the text itself says.

    Returns:
        The new text, or None if there is nothing to replace.

    Raises:
        RefusedError: If it holds a value and is no text, or signed; if a value remains, or what
            was well-formed would not be.
    """
    hits = _hits(file, job)
    if hits is None:
        return None
    if any(b"\0" in part for part in parts(file)):
        raise RefusedError("A value is in a binary file of an unknown kind.")
    head = next(parts(file))[:_HEAD]
    if head.startswith(_SIGNED):
        raise RefusedError("It is signed, and the signature would not fit any more.")
    for _ in range(_ROUNDS):
        file = _once(file, head, job, encoding, hits)
        hits = _hits(file, job)
        if hits is None:
            return file
    raise RefusedError("A value is found again each time it is replaced.", BY_HAND)


def _hits(file: BinaryIO, job: Job) -> Iterator[Hit] | None:
    """Find values, or tell that there is none."""
    hits = job.find_in(parts(file))
    first = next(hits, None)
    return None if first is None else chain([first], hits)


def _once(
    file: BinaryIO, head: bytes, job: Job, encoding: str | None, first: Iterator[Hit]
) -> BinaryIO:
    syntaxes = _syntaxes(file, head, encoding)
    for syntax in syntaxes:
        result = scratch()
        found = _Told(first if syntax is syntaxes[0] else job.find_in(parts(file)))
        hits, where = tee(found)
        pieces = syntax.pieces(where)
        places = replace(file, result, edits(hits, pieces, syntax.joins))
        for _ in pieces:
            # To the end, which tells whether it is well-formed.
            pass
        is_last = syntax is syntaxes[-1]
        if not is_last and job.is_in(parts(result)):
            continue
        if not places:
            raise RefusedError(
                f"A value is part of the {syntax.what} itself, as a tag is.", BY_HAND
            )
        if syntax.agrees(result, places):
            job.replaced.update(found.labels)
            return result
        if is_last:
            raise RefusedError(
                f"Without the value it would not be well-formed {syntax.what} any more.", BY_HAND
            )
    raise AssertionError


class _Told:
    """Hits, whose labels are known once they were given."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self._hits = hits
        self.labels: list[str] = []

    def __iter__(self) -> Iterator[Hit]:
        for hit in self._hits:
            self.labels.append(hit.label)
            yield hit


def _syntaxes(file: BinaryIO, head: bytes, encoding: str | None) -> list[_Syntax]:
    """Say what a text may be, the strictest first."""
    text = JsonText(file)
    if not _IS_MARKUP.match(head):
        return [text]
    as_html = _Markup(file, is_html=True, encoding=encoding)
    form = xml.form_of(file, encoding)
    if form is xml.Form.WELL_FORMED:
        return [_Markup(file, is_html=False, encoding=encoding)]
    if form is xml.Form.DECLARED or _IS_HTML.search(head):
        return [as_html]
    return [as_html, text]
