"""What kind a file is, told by its first bytes: names say little about what a run leaves."""

from __future__ import annotations

from enum import Enum
from typing import Final

HEAD: Final = 4096
"""How many of the first bytes are enough to tell a file's kind and encoding."""

TAIL: Final = 22 + 0xFFFF
"""How many of the last bytes tell whether a file ends as a zip archive does."""

END_OF_ZIP: Final = b"PK\x05\x06"
"""What the last record of a zip archive begins with: 22 bytes and a comment."""

_TAR_HEADER: Final = 512
_DICTIONARIES: Final = frozenset(2**n for n in range(12, 31)) | {3 << n for n in range(11, 30)}


class Kind(Enum):
    """What a file is; the value is what it is called in messages."""

    PLAIN = "plain"
    """Text, or anything that is not listed here."""
    SQLITE = "SQLite"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    LZMA = "lzma"
    """The old format of .lzma files."""
    ZIP = "zip"
    TAR = "tar"
    ZSTD = "zstd"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    LZ4 = "lz4"
    COMPRESS = "compress"
    """The format of .Z files."""

    @property
    def is_compressed(self) -> bool:
        """One text, compressed."""
        return self in _COMPRESSED

    @property
    def is_archive(self) -> bool:
        """Several files in one."""
        return self in {Kind.ZIP, Kind.TAR}

    @property
    def is_closed(self) -> bool:
        """Packed in a way that the standard library cannot unpack (zstd: before Python 3.14)."""
        return self in _CLOSED


_COMPRESSED: Final = frozenset({Kind.GZIP, Kind.BZIP2, Kind.XZ, Kind.LZMA, Kind.ZSTD})
_CLOSED: Final = frozenset({Kind.SEVEN_ZIP, Kind.RAR, Kind.LZ4, Kind.COMPRESS})
_MAGIC: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"\x1f\x8b\x08", Kind.GZIP),
    (b"\xfd7zXZ\0", Kind.XZ),
    (b"PK\x03\x04", Kind.ZIP),
    (END_OF_ZIP, Kind.ZIP),  # an empty one
    (b"PK\x07\x08PK\x03\x04", Kind.ZIP),  # one that was written in parts
    (b"SQLite format 3\0", Kind.SQLITE),
    (b"\x28\xb5\x2f\xfd", Kind.ZSTD),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"\x04\x22\x4d\x18", Kind.LZ4),
    (b"\x1f\x9d", Kind.COMPRESS),
)


def kind_of(first_bytes: bytes) -> Kind:
    """Tell what a file is.

    A zip archive with other data before it is told by its end, see `ends_as_zip`.

    Args:
        first_bytes: The first `HEAD` bytes, or all of them if there are fewer.
    """
    for magic, kind in _MAGIC:
        if first_bytes.startswith(magic):
            return kind
    if _is_bzip2(first_bytes):
        return Kind.BZIP2
    if _is_tar(first_bytes):
        return Kind.TAR
    if _is_lzma(first_bytes):
        return Kind.LZMA
    return Kind.PLAIN


def ends_as_zip(last_bytes: bytes) -> bool:
    """Tell whether a file ends as a zip archive does, whatever it begins with.

    Args:
        last_bytes: The last `TAIL` bytes, or all of them if there are fewer.
    """
    at = last_bytes.rfind(END_OF_ZIP)
    comment = int.from_bytes(last_bytes[at + 20 : at + 22], "little")
    return at >= 0 and at + 22 + comment == len(last_bytes)


def _is_bzip2(first: bytes) -> bool:
    # "BZh9" alone may begin a text. What follows is pi, or the root of it if nothing is in there.
    return (
        first[:3] == b"BZh"
        and first[3:4] in b"123456789"
        and first[4:10] in {b"1AY&SY", b"\x17rE8P\x90"}
    )


def _is_tar(first: bytes) -> bool:
    # Tar files from before 1988 have no magic, but a sum of their first block.
    return first[257:262] == b"ustar" or _is_summed(first[:_TAR_HEADER])


def _is_summed(block: bytes) -> bool:
    digits = block[148:156].strip(b" \0")
    if len(block) < _TAR_HEADER or not digits or digits.strip(b"01234567"):
        return False
    return sum(block) - sum(block[148:156]) + 8 * ord(" ") == int(digits, 8)


def _is_lzma(first: bytes) -> bool:
    # No magic either: the usual properties, a size of dictionary that is used, a size that can be.
    size = first[5:13]
    return (
        first[:1] == b"\x5d"
        and len(size) == 8
        and int.from_bytes(first[1:5], "little") in _DICTIONARIES
        and (size == b"\xff" * 8 or size.endswith(b"\0\0\0"))
    )
