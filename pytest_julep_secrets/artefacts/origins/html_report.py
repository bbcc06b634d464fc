"""The page of pytest-html 4: all is in one attribute, JSON with the tests' node ids as keys.

What it puts into its folder of assets names no test inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.origins.json_objects import named_objects
from pytest_julep_secrets.artefacts.origins.json_tokens import IN_HTML, tokens
from pytest_julep_secrets.artefacts.origins.span import Span, chunks

_BLOB: Final = b'data-jsonblob="'


def spans(file: BinaryIO) -> Iterator[Span]:
    """Give what stands under the node id of each test."""
    start = _blob(file)
    if start is not None:
        file.seek(start)
        yield from named_objects(tokens(_attribute(file), IN_HTML, start), of_html=True)


def _blob(file: BinaryIO) -> int | None:
    """Tell where the attribute's value begins."""
    before, kept = 0, b""
    for chunk in chunks(file):
        text = kept + chunk
        if (found := text.find(_BLOB)) >= 0:
            return before + found + len(_BLOB)
        kept = text[-len(_BLOB) :]
        before += len(text) - len(kept)
    return None


def _attribute(file: BinaryIO) -> Iterator[bytes]:
    for chunk in chunks(file):
        value, end, _ = chunk.partition(b'"')
        yield value
        if end:
            return
