"""Compressed data, unpacked while it is read: gzip, bzip2, xz, lzma; zstd where Python has it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from pytest_julep_secrets.artefacts.opening.kinds import Kind
from pytest_julep_secrets.artefacts.opening.layer import CHUNK, File, Layer
from pytest_julep_secrets.artefacts.opening.limits import Budget

# What `xz -9` takes to unpack, and a little more: a header may ask for 4 GiB.
_XZ_MEMORY: Final = 80 << 20
_GZIP_EXTRA, _GZIP_NAME, _GZIP_COMMENT = 4, 8, 16


@dataclass(frozen=True, slots=True)
class Codec:
    """How to unpack one kind.

    Attributes:
        what: What it is called in messages.
        start: Makes a decompressor: of `bz2`'s interface.
        failures: What it raises for data that is damaged.
        magic: What another stream behind the end of one begins with; None if there can be none.
    """

    what: str
    start: Callable[[], Any]
    failures: tuple[type[Exception], ...]
    magic: bytes | None = None


class Inflater:
    """zlib's decompressor, with the interface of the one of `bz2`.

    Args:
        window: What zlib calls wbits: 31 for gzip, -15 for data without a header.
    """

    def __init__(self, window: int) -> None:
        self._zlib = zlib.decompressobj(window)
        self._full = False

    @property
    def eof(self) -> bool:
        """Whether the end of the stream was reached."""
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        """What was given behind the end."""
        return self._zlib.unused_data

    @property
    def needs_input(self) -> bool:
        """Whether nothing is left of what was given."""
        return not self._full and not self._zlib.unconsumed_tail

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Unpack more."""
        out = self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)
        self._full = len(out) == max_length
        return out


def codec_of(kind: Kind) -> Codec | None:
    """Return how a kind is unpacked; None if this Python cannot."""
    if kind is Kind.GZIP:
        return Codec("gzip data", lambda: Inflater(31), (zlib.error,), b"\x1f\x8b")
    if kind is Kind.BZIP2:
        bz2 = import_module("bz2")
        return Codec("bzip2 data", bz2.BZ2Decompressor, (OSError, ValueError), b"BZh")
    if kind is Kind.ZSTD:
        return _zstd()
    if kind not in {Kind.XZ, Kind.LZMA}:
        return None
    lzma = import_module("lzma")
    form = lzma.FORMAT_XZ if kind is Kind.XZ else lzma.FORMAT_ALONE
    magic = b"\xfd7zXZ\0" if kind is Kind.XZ else None
    return Codec(
        f"{kind.value} data",
        lambda: lzma.LZMADecompressor(form, memlimit=_XZ_MEMORY),
        (lzma.LZMAError,),
        magic,
    )


def gzip_words(head: bytes) -> bytes:
    """Return what the header of gzip data holds besides times: a name and a comment, one a line.

    Args:
        head: The first bytes, as for `kind_of`.
    """
    flags, rest = int.from_bytes(head[3:4]), head[10:]
    if flags & _GZIP_EXTRA:
        size = 2 + int.from_bytes(rest[:2], "little")
        extra, rest = rest[2:size], rest[size:]
    else:
        extra = b""
    count = bool(flags & _GZIP_NAME) + bool(flags & _GZIP_COMMENT)
    return b"\n".join(filter(None, (extra, *rest.split(b"\0", count)[:count])))


def _zstd() -> Codec | None:
    try:
        zstd = import_module("compression.zstd")
    except ImportError:
        return None
    return Codec("zstd data", zstd.ZstdDecompressor, (zstd.ZstdError,), b"\x28\xb5\x2f\xfd")


class TrailingError(Exception):
    """There is something else behind the end of compressed data."""


class Decompressed(Layer):
    """The text of compressed data. Streams one after the other are one text.

    Args:
        source: The data.
        codec: How it is unpacked.
        budget: What it counts for.
    """

    def __init__(self, source: File, codec: Codec, budget: Budget) -> None:
        self._source = source
        self._codec = codec
        self._budget = budget
        self._highest = 0
        super().__init__(codec.what, (EOFError, TrailingError, *codec.failures))

    def begin(self) -> None:
        """Begin anew."""
        self._source.seek(0)
        self._decompressor = self._codec.start()
        self._rest = b""
        self._given = self._taken = 0

    def produce(self, size: int) -> bytes:
        """Unpack the next bytes."""
        while True:
            if self._decompressor.eof and not self._next_stream():
                return b""
            data = b""
            if self._decompressor.needs_input:
                data = self._more()
                if not data:
                    raise EOFError
            out: bytes = self._decompressor.decompress(data, size)
            if out:
                self._count(len(out))
                return out

    def why(self, failure: Exception) -> str:
        """Say what went wrong."""
        if isinstance(failure, TrailingError):
            return f"There is other data behind the {self.what}."
        if "memory" in str(failure).lower():
            return f"The {self.what} would take too much memory to unpack."
        return super().why(failure)

    def _more(self) -> bytes:
        data, self._rest = self._rest or self._source.read(CHUNK), b""
        self._taken += len(data)
        return data

    def _next_stream(self) -> bool:
        rest, magic = self._decompressor.unused_data, self._codec.magic
        self._taken -= len(rest)
        # Tapes and block devices pad with zeros.
        while len(rest := rest.lstrip(b"\0")) < len(magic or b"?"):
            more = self._source.read(CHUNK)
            if not more:
                break
            rest += more
        if not rest:
            return False
        if magic is None or not rest.startswith(magic):
            raise TrailingError
        self._decompressor, self._rest = self._codec.start(), rest
        return True

    def _count(self, length: int) -> None:
        self._given += length
        new = max(0, self._given - self._highest)
        self._highest = max(self._highest, self._given)
        self._budget.spend(new, self._given, self._taken)
