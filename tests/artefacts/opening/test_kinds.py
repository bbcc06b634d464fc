"""A file's kind, by its first bytes."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sqlite3
import tarfile
import zipfile
from pathlib import Path

import pytest

from pytest_julep_secrets.artefacts.opening.kinds import HEAD, Kind, kind_of

TEXT = b"2026-11-25 INFO nothing to see\n" * 200


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, TEXT)
    return buffer.getvalue()


def tarred(form: int) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        member = tarfile.TarInfo("a.log")
        member.size = len(TEXT)
        archive.addfile(member, io.BytesIO(TEXT))
    return buffer.getvalue()


def tarred_in_1979() -> bytes:
    block = bytearray(tarred(tarfile.USTAR_FORMAT))
    block[257:512] = bytes(255)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block[:512])
    return bytes(block)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", Kind.PLAIN),
        (TEXT, Kind.PLAIN),
        (b"BZh9 is how a text may begin", Kind.PLAIN),
        (b"PK", Kind.PLAIN),
        (b"]\0\0 something", Kind.PLAIN),
        (bytes(10240), Kind.PLAIN),
        (gzip.compress(TEXT), Kind.GZIP),
        (bz2.compress(TEXT), Kind.BZIP2),
        (bz2.compress(b""), Kind.BZIP2),
        (lzma.compress(TEXT), Kind.XZ),
        (lzma.compress(TEXT, lzma.FORMAT_ALONE), Kind.LZMA),
        (zipped("a.log"), Kind.ZIP),
        (zipped(), Kind.ZIP),
        (tarred(tarfile.USTAR_FORMAT), Kind.TAR),
        (tarred(tarfile.GNU_FORMAT), Kind.TAR),
        (tarred(tarfile.PAX_FORMAT), Kind.TAR),
        (tarred_in_1979(), Kind.TAR),
        (b"\x28\xb5\x2f\xfd\x24", Kind.ZSTD),
        (b"7z\xbc\xaf\x27\x1c\0\x04", Kind.SEVEN_ZIP),
        (b"Rar!\x1a\x07\x01\0", Kind.RAR),
        (b"\x04\x22\x4d\x18", Kind.LZ4),
        (b"\x1f\x9d\x90", Kind.COMPRESS),
    ],
    ids=lambda one: one.name if isinstance(one, Kind) else "",
)
def test_a_kind_is_told_by_the_first_bytes(content: bytes, kind: Kind) -> None:
    assert kind_of(content[:HEAD]) is kind


def test_a_database_is_told(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "coverage") as connection:
        connection.execute("create table file (path text)")
    connection.close()

    assert kind_of((tmp_path / "coverage").read_bytes()[:HEAD]) is Kind.SQLITE


def test_a_kind_says_how_it_is_opened() -> None:
    assert {kind for kind in Kind if kind.is_archive} == {Kind.ZIP, Kind.TAR}
    assert Kind.GZIP.is_compressed
    assert Kind.RAR.is_closed
    assert not any((Kind.PLAIN.is_compressed, Kind.PLAIN.is_archive, Kind.PLAIN.is_closed))
