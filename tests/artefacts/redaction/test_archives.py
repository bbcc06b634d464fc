"""Compressed files and archives: what is in them changes, and what is around it does not."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from artefacts.redaction.redacting import FORMS, OTHER, VALUE, redacted, refusal

TEXT = f"begin {OTHER} end\n".encode()
CHANGED = b"begin REDACTED:db_password end\n"


def write(folder: Path, data: bytes) -> Path:
    path = folder / "a"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("pack", "unpack"),
    [
        (gzip.compress, gzip.decompress),
        (bz2.compress, bz2.decompress),
        (lzma.compress, lzma.decompress),
        (lambda data: lzma.compress(data, lzma.FORMAT_ALONE), lzma.decompress),
        (lambda data: bz2.compress(data[:9], 3) + bz2.compress(data[9:]), bz2.decompress),
        (lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:]), gzip.decompress),
    ],
)
def test_compressed_text(
    pack: Callable[[bytes], bytes], unpack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    assert unpack(redacted(write(tmp_path, pack(TEXT)))) == CHANGED


@pytest.mark.parametrize("level", [1, 6, 9])
def test_the_header_of_gzip_stays(level: int, tmp_path: Path) -> None:
    target = io.BytesIO()
    with gzip.GzipFile("é.log", "wb", level, target, mtime=1234567) as file:
        file.write(TEXT)
    packed = target.getvalue()
    # With an extra field and a comment, which Python does not write.
    packed = (
        packed[:3] + b"\x1c" + packed[4:10] + b"\x03\0abc" + packed[10:16] + b"note\0" + packed[16:]
    )

    data = redacted(write(tmp_path, packed))

    assert gzip.decompress(data) == CHANGED
    assert data[:26] == packed[:26]


def zipped(method: int = zipfile.ZIP_DEFLATED) -> tuple[bytes, list[zipfile.ZipInfo]]:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.comment = b"of the archive"
        for number, name in enumerate(["z.bin", "dir/", "dir/a.json", "ä.log", "link", "run.sh"]):
            info = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6 + 2 * number))
            info.compress_type = method if number != 5 else zipfile.ZIP_STORED
            info.external_attr = (0o120777 if name == "link" else 0o100640 + number) << 16
            info.comment = b"of the member"
            info.create_system = 3
            info.extra = b"\x99\x99\x02\0ab"
            data = {0: b"\0\1", 1: b"", 2: json.dumps([*OTHER.encode()]).encode(), 4: b"run.sh"}
            archive.writestr(info, data.get(number, TEXT))
    return target.getvalue(), archive.infolist()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_zip_archive_keeps_all_but_the_values(method: int, tmp_path: Path) -> None:
    before, old = zipped(method)

    with zipfile.ZipFile(io.BytesIO(redacted(write(tmp_path, before)))) as archive:
        assert archive.testzip() is None
        assert archive.comment == b"of the archive"
        assert [kept(info) for info in archive.infolist()] == [kept(info) for info in old]
        assert [archive.read(info) for info in archive.infolist()] == [
            b"\0\1", b"", b'["REDACTED:db_password"]', CHANGED, b"run.sh", CHANGED
        ]  # fmt: skip


def kept(info: zipfile.ZipInfo) -> tuple[object, ...]:
    return (
        info.filename, info.date_time, info.compress_type, info.comment, info.extra,
        info.external_attr, info.create_system,
    )  # fmt: skip


def test_two_members_of_one_name(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a", TEXT)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", b"other")

    with zipfile.ZipFile(io.BytesIO(redacted(write(tmp_path, target.getvalue())))) as archive:
        assert [archive.read(info) for info in archive.infolist()] == [CHANGED, b"other"]


KINDS = {"dir": tarfile.DIRTYPE, "link": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE}


def tarred(form: int) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=form) as archive:
        for number, name in enumerate(["a.log", "d" * 120, "dir", "link", "hard", "z.bin"]):
            info = tarfile.TarInfo(name)
            info.mtime, info.mode, info.uid, info.uname = 981173106 + number, 0o640, 7, "someone"
            info.type = KINDS.get(name, tarfile.REGTYPE)
            info.linkname = "a.log" if name in {"link", "hard"} else ""
            data = {0: TEXT * 99, 1: TEXT, 5: b"\0" * 700}.get(number, b"")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return target.getvalue()


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_a_tar_archive_keeps_all_but_the_values(
    form: int, pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    before = tarred(form)

    data = redacted(write(tmp_path, pack(before)))

    with (
        tarfile.open(fileobj=io.BytesIO(data)) as new,
        tarfile.open(fileobj=io.BytesIO(before)) as old,
    ):
        sizes = {"a.log": len(CHANGED) * 99, "d" * 120: len(CHANGED)}
        expected = [
            told | {"size": sizes.get(str(told["name"]), told["size"])} for told in all_of(old)
        ]
        assert all_of(new) == expected
        members = [new.extractfile(name) for name in ("a.log", "d" * 120, "z.bin")]
        assert [member.read() for member in members if member] == [
            CHANGED * 99,
            CHANGED,
            b"\0" * 700,
        ]


def all_of(archive: tarfile.TarFile) -> list[dict[str, object]]:
    return [{**info.get_info(), "chksum": 0} for info in archive]


@pytest.mark.parametrize("form", FORMS)
def test_any_form_in_any_container(form: str, tmp_path: Path) -> None:
    inner = gzip.compress(json.dumps({"a": FORMS[form](VALUE)}).encode())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.json.gz", inner)

    with zipfile.ZipFile(io.BytesIO(redacted(write(tmp_path, target.getvalue())))) as archive:
        assert "REDACTED:" in json.loads(gzip.decompress(archive.read("a.json.gz")))["a"]


def with_members(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), data)
    return target.getvalue()


def encrypted() -> bytes:
    data = bytearray(with_members(a=TEXT))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def named_in_gzip() -> bytes:
    packed = gzip.compress(TEXT, mtime=0)
    return packed[:3] + b"\x08" + packed[4:10] + OTHER.encode() + b"\0" + packed[10:]


def named_in_tar() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        archive.addfile(tarfile.TarInfo(f"{OTHER}.log"))
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (with_members(a=with_members(b=TEXT), c=TEXT), "archive in an archive"),
        (with_members(a=tarred(tarfile.GNU_FORMAT)), "archive in an archive"),
        (gzip.compress(gzip.compress(TEXT, mtime=0), mtime=0), "compressed twice"),
        (with_members(**{OTHER: b""}), "name"),
        (named_in_tar(), "name"),
        (with_members(META__X_DOT_SF=TEXT, **{"META-INF__A_DOT_SF": b""}), "signed"),
        (with_members(a=TEXT, **{"a-1_DOT_dist-info__RECORD": b""}), "signed"),
        (with_members(a=b"\0" + TEXT), "binary"),
        (encrypted(), "encrypted"),
        (b"#!/bin/sh\n" + with_members(a=TEXT), "binary"),
        (gzip.compress(TEXT, mtime=0)[:-9], "too early"),
        (named_in_gzip(), "nothing can be replaced"),
        (bz2.compress(TEXT)[:-9], "too early"),
        (lzma.compress(TEXT)[:-9], "too early"),
        (with_members(a=TEXT)[:-9], "broken"),
        (tarred(tarfile.GNU_FORMAT)[:600], "too early"),
        (b"SQLite format 3\0" + TEXT, "SQLite"),
        (b"-----BEGIN PGP SIGNED MESSAGE-----\n" + TEXT, "signed"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_what_is_refused(data: bytes, why: str, tmp_path: Path) -> None:
    assert why in refusal(write(tmp_path, data))


def test_archives_in_archives_without_a_value_are_no_problem(tmp_path: Path) -> None:
    inner = with_members(b=b"nothing")

    data = redacted(write(tmp_path, with_members(a=inner, c=TEXT)))

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert (archive.read("a"), archive.read("c")) == (inner, CHANGED)
