"""Compressed files: gzip, bzip2, xz."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable
from typing import BinaryIO, Final, cast

from pytest_julep_secrets.artefacts.opening.kinds import Kind
from pytest_julep_secrets.artefacts.redaction.refusal import RefusedError
from pytest_julep_secrets.artefacts.redaction.streams import copied, parts, reader, scratch

KINDS: Final = frozenset({Kind.GZIP, Kind.BZIP2, Kind.XZ, Kind.LZMA})

Content = Callable[[BinaryIO], BinaryIO | None]

_BROKEN: Final = (OSError, EOFError, zlib.error, lzma.LZMAError)
# What XFL says of the level.
_LEVELS: Final = {2: 9, 4: 1}
_EXTRA, _NAME, _COMMENT, _SUM = 4, 8, 16, 2


def redacted(file: BinaryIO, kind: Kind, content: Content) -> BinaryIO | None:
    """Replace what is in it; its header stays, several streams become one.

    Raises:
        RefusedError: If it cannot be unpacked.
    """
    try:
        plain = copied(_opened(file, kind))
    except _BROKEN:
        raise RefusedError(f"The {kind.value} data is damaged.") from None
    result = content(plain)
    if result is None:
        return None
    if kind is Kind.GZIP:
        return _gzip(result, _header(file))
    target = scratch()
    with _packing(file, target, kind) as packed:
        for part in parts(result):
            packed.write(part)
    return target


def _opened(file: BinaryIO, kind: Kind) -> BinaryIO:
    source = reader(file)
    if kind is Kind.GZIP:
        return cast("BinaryIO", gzip.GzipFile(fileobj=source))
    return cast("BinaryIO", bz2.open(source) if kind is Kind.BZIP2 else lzma.open(source))


def _packing(file: BinaryIO, target: BinaryIO, kind: Kind) -> BinaryIO:
    if kind is Kind.BZIP2:
        file.seek(3)
        return cast("BinaryIO", bz2.open(target, "wb", compresslevel=int(file.read(1))))
    form = lzma.FORMAT_XZ if kind is Kind.XZ else lzma.FORMAT_ALONE
    return cast("BinaryIO", lzma.open(target, "wb", format=form))


def _header(file: BinaryIO) -> bytes:
    """Return the header of a gzip file: the time, and maybe a name, are in it."""
    source = reader(file)
    header = bytearray(source.read(10))
    flags = header[3]
    if flags & _EXTRA:
        length = source.read(2)
        header += length + source.read(int.from_bytes(length, "little"))
    for flag in (_NAME, _COMMENT):
        while flags & flag:
            char = source.read(1)
            header += char
            if char in {b"\0", b""}:
                break
    return bytes(header) + source.read(2 if flags & _SUM else 0)


def _gzip(plain: BinaryIO, header: bytes) -> BinaryIO:
    target = scratch()
    target.write(header)
    deflate = zlib.compressobj(_LEVELS.get(header[8], 6), zlib.DEFLATED, -zlib.MAX_WBITS)
    check = size = 0
    for part in parts(plain):
        check, size = zlib.crc32(part, check), size + len(part)
        target.write(deflate.compress(part))
    target.write(deflate.flush())
    target.write(check.to_bytes(4, "little") + (size % (1 << 32)).to_bytes(4, "little"))
    return target
