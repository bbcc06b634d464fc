"""Compressed bodies in text: what cassettes keep of an answer, gzip data in base64."""

from __future__ import annotations

import binascii
import re
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.opening.layer import File

# What records HTTP: VCR.py, pytest-recording, HAR of browsers.
_SUFFIXES: Final = (".yaml", ".yml", ".json", ".har")
# How gzip data begins in base64; its lines may be wrapped and indented.
_BODY: Final = re.compile(rb"H4sI[A-Za-z0-9+/]{12,}(?:(?:\\n|\s+)[A-Za-z0-9+/]+)*")
_DIGITS: Final = re.compile(rb"\\n|\s+")
_CHUNK: Final = 1 << 20
# A body that is cut by the end of what is read at once is read again, up to this size.
_LONGEST: Final = 8 << 20
_LARGEST: Final = 64 << 20


class Body(NamedTuple):
    """What was compressed.

    Attributes:
        line: Where it begins in the text, from 1.
        text: Its bytes, 64 MiB at most.
    """

    line: int
    text: bytes


def may_have_bodies(path: str) -> bool:
    """Tell by a file's name whether it may be a recording."""
    return path.lower().endswith(_SUFFIXES)


def bodies(file: File) -> Iterator[Body]:
    """Give the compressed bodies in a text; what only looks like one is left out."""
    file.seek(0)
    line, rest = 1, b""
    while True:
        chunk = _read(file)
        data = rest + chunk
        keep = len(data)
        at = 0
        for match in _BODY.finditer(data):
            if chunk and match.end() == len(data) and match.end() - match.start() < _LONGEST:
                keep = match.start()
                break
            text = _unpacked(match[0])
            if text:
                line += data.count(b"\n", at, match.start())
                at = match.start()
                yield Body(line, text)
        # Its first bytes may be cut, too.
        keep = min(keep, max(len(data) - 16, at)) if chunk else keep
        line += data.count(b"\n", at, keep)
        rest = data[keep:]
        if not chunk:
            return


def _read(file: File) -> bytes:
    try:
        return file.read(_CHUNK)
    except UnreadableError:
        # Told by who reads the text itself.
        return b""


def _unpacked(body: bytes) -> bytes:
    digits = _DIGITS.sub(b"", body)
    data = binascii.a2b_base64(digits[: len(digits) // 4 * 4])
    try:
        return zlib.decompressobj(31).decompress(data, _LARGEST)
    except zlib.error:
        return b""
