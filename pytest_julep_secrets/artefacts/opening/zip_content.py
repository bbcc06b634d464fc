"""What is in one member of a zip archive."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import replace
from typing import Final

from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.opening.compressed import (
    Codec,
    Decompressed,
    Inflater,
    codec_of,
)
from pytest_julep_secrets.artefacts.opening.kinds import Kind
from pytest_julep_secrets.artefacts.opening.layer import File, Layer, Refused, Slice
from pytest_julep_secrets.artefacts.opening.limits import Budget

_WHAT: Final = "zip archive"
_ENCRYPTED: Final = 1
_HAS_END_MARK: Final = 2
_DEFLATE: Final = Codec(_WHAT, lambda: Inflater(-15), (zlib.error,))
_KINDS: Final = {
    zipfile.ZIP_BZIP2: Kind.BZIP2,
    zipfile.ZIP_LZMA: Kind.LZMA,
    93: Kind.ZSTD,
}


class Refusals:
    """Why members cannot be unpacked: one error a reason, so that it is told once an archive."""

    def __init__(self) -> None:
        self._known: dict[str, UnreadableError] = {}

    def make(self, why: str) -> Refused:
        """Make the content of a member that cannot be unpacked."""
        reason = (
            f"It is {why}, and so may be more in this zip archive: that was not searched. Unpack "
            "it first, or leave it out with --exclude."
        )
        return Refused(self._known.setdefault(why, UnreadableError(reason)))


def content_of(
    file: File, info: zipfile.ZipInfo, start: int, budget: Budget, refusals: Refusals
) -> Layer:
    """Return what is in a member.

    Args:
        file: The archive.
        info: What its directory says of the member.
        start: Where the member's data begins.
        budget: What unpacking counts for.
        refusals: What was refused in this archive.
    """
    if info.flag_bits & _ENCRYPTED:
        return refusals.make("encrypted")
    packed = Slice(file, start, info.compress_size, _WHAT)
    if info.compress_type == zipfile.ZIP_STORED:
        return _Checked(packed, info)
    codec = _codec(info.compress_type)
    if codec is None:
        return refusals.make(f"compressed by method {info.compress_type}, which is not known")
    source = _LzmaFile(packed, info) if info.compress_type == zipfile.ZIP_LZMA else packed
    content = Decompressed(source, codec, budget)
    content.inner = source
    return _Checked(content, info)


def _codec(method: int) -> Codec | None:
    if method == zipfile.ZIP_DEFLATED:
        return _DEFLATE
    codec = codec_of(_KINDS[method]) if method in _KINDS else None
    # One stream, and nothing behind it.
    return replace(codec, what=_WHAT, magic=None) if codec else None


class _LzmaFile(Layer):
    """A member's lzma data, with the header of an .lzma file in place of its own."""

    def __init__(self, packed: Slice, info: zipfile.ZipInfo) -> None:
        self._packed = packed
        size = -1 if info.flag_bits & _HAS_END_MARK else info.file_size
        self._size = size.to_bytes(8, "little", signed=True)
        super().__init__(_WHAT)
        self.inner = packed

    def begin(self) -> None:
        """Begin anew."""
        self._packed.seek(0)
        self._is_begun = False

    def produce(self, size: int) -> bytes:
        """Give the header, then what follows."""
        if self._is_begun:
            return self._packed.read(size)
        self._is_begun = True
        # The version of the packer (2 bytes), the length of the properties (2), the properties.
        return self._packed.read(9)[4:] + self._size


class _Checked(Layer):
    """A member's content, compared with its checksum and size at the end."""

    def __init__(self, content: Layer, info: zipfile.ZipInfo) -> None:
        self._content = content
        self._expected = (info.CRC, info.file_size)
        super().__init__(_WHAT, (ValueError,))
        self.inner = content

    def begin(self) -> None:
        """Begin anew."""
        self._content.seek(0)
        self._seen = (0, 0)

    def produce(self, size: int) -> bytes:
        """Give the next bytes."""
        data = self._content.read(size)
        crc, length = self._seen
        self._seen = (zlib.crc32(data, crc), length + len(data))
        if not data and self._seen != self._expected:
            raise ValueError
        return data
