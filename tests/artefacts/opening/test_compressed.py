"""Compressed texts."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artefacts.opening.making import opened
from pytest_julep_secrets.artefacts.opening.compressed import Decompressed, codec_of
from pytest_julep_secrets.artefacts.opening.kinds import HEAD, kind_of
from pytest_julep_secrets.artefacts.opening.limits import Budget, Limits

TEXT = b"".join(b"%d %x done\n" % (i, i * 7919 % 104729) for i in range(20_000))
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda text: lzma.compress(text, lzma.FORMAT_ALONE),
}
IN_STREAMS = ["gzip", "bzip2", "xz"]


@pytest.mark.parametrize("kind", PACKERS)
def test_the_text_is_given_by_the_path_of_the_file(tmp_path: Path, kind: str) -> None:
    file = opened(tmp_path, PACKERS[kind](TEXT))

    assert (file.within(tmp_path), file.problems) == ({"a": [TEXT]}, [])


@pytest.mark.parametrize("kind", IN_STREAMS)
def test_streams_one_after_the_other_are_one_text(tmp_path: Path, kind: str) -> None:
    pack = PACKERS[kind]

    file = opened(tmp_path, pack(TEXT) + pack(b"") + pack(b"end") + bytes(512))

    assert (file.within(tmp_path), file.problems) == ({"a": [TEXT + b"end"]}, [])


@pytest.mark.parametrize(
    ("flags", "header", "words"),
    [
        (8, b"a.log\0", b"a.log"),
        (16, b"of a run\0", b"of a run"),
        (28, b"\2\0AB" + b"a.log\0of a run\0", b"AB\na.log\nof a run"),
        (8, b"\0", b""),
    ],
)
def test_what_is_in_the_header_of_gzip_is_given(
    tmp_path: Path, flags: int, header: bytes, words: bytes
) -> None:
    packed = gzip.compress(TEXT)

    file = opened(tmp_path, packed[:3] + bytes([flags]) + packed[4:10] + header + packed[10:])

    assert file.within(tmp_path) == {"a": [TEXT]}
    assert file.names.get((tmp_path / "a").as_posix() + "!/", b"") == words


@pytest.mark.parametrize("kind", PACKERS)
def test_data_that_ends_too_early_is_told_and_given_as_it_is(tmp_path: Path, kind: str) -> None:
    packed = PACKERS[kind](TEXT)[:-1000]

    file = opened(tmp_path, packed)

    # bzip2 gives nothing of a block that is cut off.
    *texts, raw = file.within(tmp_path)["a"]
    assert (TEXT.startswith(b"".join(texts)), raw) == (True, packed)
    assert file.reason == (
        f"The {kind} data ends too early. Write it anew, or leave it out with --exclude."
    )


@pytest.mark.parametrize("kind", PACKERS)
def test_damaged_data_is_told_and_given_as_it_is(tmp_path: Path, kind: str) -> None:
    packed = bytearray(PACKERS[kind](TEXT))
    packed[len(packed) // 2 : len(packed) // 2 + 64] = b"sk-fake-1f9c27d4" * 4

    file = opened(tmp_path, bytes(packed))

    assert file.within(tmp_path)["a"][-1] == packed
    assert file.reason.startswith(f"The {kind} data ")


@pytest.mark.parametrize("kind", PACKERS)
def test_other_data_behind_it_is_told_and_given_as_it_is(tmp_path: Path, kind: str) -> None:
    packed = PACKERS[kind](TEXT) + b"sk-fake-1f9c27d4"

    file = opened(tmp_path, packed)

    assert file.within(tmp_path) == {"a": [TEXT, packed]}
    assert file.reason.startswith(f"There is other data behind the {kind} data.")


def test_a_text_that_is_cut_off_in_its_first_block_is_given(tmp_path: Path) -> None:
    file = opened(tmp_path, gzip.compress(b"a short text")[:-3])

    assert file.within(tmp_path)["a"][0] == b"a short text"


@pytest.mark.parametrize("content", [b"\x1f\x8b\x08", b"\x1f\x8b\x08 is how a text may begin"])
def test_what_only_begins_as_gzip_is_given_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = opened(tmp_path, content)

    assert file.within(tmp_path) == {"a": [content]}
    assert file.reason.startswith("The gzip data ")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x28\xb5\x2f\xfd sk-fake-1f9c27d4", "zstd"),
        (b"7z\xbc\xaf\x27\x1c sk-fake-1f9c27d4", "7z"),
        (b"Rar!\x1a\x07 sk-fake-1f9c27d4", "rar"),
        (b"\x04\x22\x4d\x18 sk-fake-1f9c27d4", "lz4"),
        (b"\x1f\x9d sk-fake-1f9c27d4", "compress"),
    ],
)
def test_what_cannot_be_unpacked_is_told(tmp_path: Path, content: bytes, kind: str) -> None:
    file = opened(tmp_path, content)

    assert file.within(tmp_path)["a"][-1] == content
    assert kind in file.reason


def test_xz_that_wants_much_memory_is_told(tmp_path: Path) -> None:
    small = lzma.compress(TEXT, filters=[{"id": lzma.FILTER_LZMA2, "preset": 0}])
    # The size of the dictionary is in the header: the compressor itself would take the memory.
    block = bytearray(small[12:24])
    block[block.index(b"\x21\x01") + 2] = 36
    block[8:12] = zlib.crc32(block[:8]).to_bytes(4, "little")

    file = opened(tmp_path, small[:12] + bytes(block) + small[24:])

    assert file.reason.startswith("The xz data would take too much memory to unpack.")


@given(
    st.lists(st.binary(max_size=200), min_size=1, max_size=4),
    st.sampled_from(IN_STREAMS),
    st.integers(1, 300),
)
def test_any_bytes_come_out_in_any_steps(texts: list[bytes], kind: str, size: int) -> None:
    packed = b"".join(map(PACKERS[kind], texts))
    codec = codec_of(kind_of(packed[:HEAD]))
    assert codec is not None
    file = Decompressed(io.BytesIO(packed), codec, Budget(Limits(), len(packed)))

    for _ in range(2):
        file.seek(0)
        parts = list(iter(lambda: file.read(size), b""))
        assert b"".join(parts) == b"".join(texts)
        assert all(len(part) <= size for part in parts)


def test_a_text_is_read_by_steps_of_little_memory() -> None:
    packed = bz2.compress(bytes(5 << 20))
    codec = codec_of(kind_of(packed))
    assert codec is not None
    file = Decompressed(io.BytesIO(packed), codec, Budget(Limits(), len(packed)))

    assert max(len(file.read(1 << 16)) for _ in range(10)) <= 1 << 16
