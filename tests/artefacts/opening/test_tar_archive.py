"""Tar archives, compressed or not."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artefacts.opening.making import opened, tarred
from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.opening.compressed import Decompressed, codec_of
from pytest_julep_secrets.artefacts.opening.kinds import Kind
from pytest_julep_secrets.artefacts.opening.limits import Budget, Limits
from pytest_julep_secrets.artefacts.opening.tar_archive import tar_members

FILES = {"a.log": b"first\n" * 1000, "sub/b.log": b"second\n", "empty": b""}
GIVEN = {f"a!/{name}": [content] for name, content in FILES.items()}


def packed(content: bytes, kind: str) -> bytes:
    return gzip.compress(content) if kind == "tar.gz" else content


both = pytest.mark.parametrize("kind", ["tar", "tar.gz"])


@both
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_its_files_are_given_and_their_names(tmp_path: Path, kind: str, form: int) -> None:
    file = opened(tmp_path, packed(tarred(FILES, form), kind))

    assert (file.within(tmp_path), file.problems) == (GIVEN, [])
    assert file.names[f"{tmp_path.as_posix()}/a!/"] == b"a.log\nsub/b.log\nempty\n"


@both
def test_what_is_no_file_has_a_name(tmp_path: Path, kind: str) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for type_ in (tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            member = tarfile.TarInfo(f"name-{type_.decode()}")
            member.type, member.linkname = type_, f"target-{type_.decode()}"
            member.pax_headers = {"comment": "sk-fake-1f9c27d4"}
            archive.addfile(member)

    file = opened(tmp_path, packed(buffer.getvalue(), kind))

    names = file.names[f"{tmp_path.as_posix()}/a!/"]
    assert (file.within(tmp_path), file.problems) == ({}, [])
    assert names.startswith(b"name-5\ntarget-5\ncomment=sk-fake-1f9c27d4\nname-2\ntarget-2\n")


@both
def test_a_member_that_is_cut_off_is_told_and_given_as_it_is(tmp_path: Path, kind: str) -> None:
    cut = tarred(FILES)[:2000]

    file = opened(tmp_path, packed(cut, kind))

    [name] = file.within(tmp_path)["a!/a.log"]
    assert FILES["a.log"].startswith(name)
    assert file.within(tmp_path)["a"] == [cut]
    assert file.reason.startswith("The tar archive ends too early.")


@both
@pytest.mark.parametrize("size", [512, 700, 8000, 8192 + 100])
def test_any_other_cut_is_told_once(tmp_path: Path, kind: str, size: int) -> None:
    cut = tarred({"long" * 50: b"x" * 7000, "b": b"y" * 7000}, tarfile.GNU_FORMAT)[:size]

    file = opened(tmp_path, packed(cut, kind))

    assert file.within(tmp_path)["a"] == [cut]
    assert file.reason.startswith("The tar archive ")


def test_compressed_data_that_is_cut_off_is_told_once(tmp_path: Path) -> None:
    cut = gzip.compress(tarred(FILES), 0)[:3000]

    file = opened(tmp_path, cut)

    assert file.within(tmp_path)["a"][-1] == cut
    assert FILES["a.log"].startswith(file.within(tmp_path)["a!/a.log"][0])
    assert file.reason.startswith("The gzip data ends too early.")


@both
@pytest.mark.parametrize(
    "behind", [tarred({"c": b"third"}), b"sk-fake-1f9c27d4"], ids=["an archive", "text"]
)
def test_what_is_behind_its_end_is_told(tmp_path: Path, kind: str, behind: bytes) -> None:
    whole = tarred(FILES) + behind

    file = opened(tmp_path, packed(whole, kind))

    assert file.within(tmp_path) == GIVEN | {"a": [whole]}
    assert file.reason.startswith("The tar archive is damaged, or has other data behind its end")


@both
def test_a_broken_header_in_the_middle_is_told(tmp_path: Path, kind: str) -> None:
    broken = bytearray(tarred(FILES))
    header = broken.index(b"sub/b.log")
    broken[header : header + 3] = b"!!!"

    file = opened(tmp_path, packed(bytes(broken), kind))

    assert file.within(tmp_path) == {"a!/a.log": [FILES["a.log"]], "a": [bytes(broken)]}
    assert file.reason.startswith("The tar archive is damaged")


def test_an_archive_without_an_end_is_whole(tmp_path: Path) -> None:
    file = opened(tmp_path, tarred({"b": b"x" * 512})[:1024])

    assert (file.within(tmp_path), file.problems) == ({"a!/b": [b"x" * 512]}, [])


def test_a_file_with_holes_is_given_without_them(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo("sparse")
        content = b"1\n1000000000000\n4\n".ljust(512, b"\0") + b"text"
        member.size = len(content)
        member.pax_headers = {
            "GNU.sparse.major": "1",
            "GNU.sparse.minor": "0",
            "GNU.sparse.name": "sparse",
            "GNU.sparse.realsize": str(1 << 42),
        }
        archive.addfile(member, io.BytesIO(content))

    file = opened(tmp_path, buffer.getvalue())

    assert [one.rstrip(b"\0") for one in file.within(tmp_path)["a!/sparse"]] == [b"text"]


def test_a_header_that_claims_to_be_large_is_told(tmp_path: Path) -> None:
    member = tarfile.TarInfo("a")
    member.type, member.size = tarfile.XHDTYPE, 1 << 40

    file = opened(tmp_path, member.tobuf() + bytes(1024))

    assert file.reason.startswith("The tar archive is broken")


@pytest.mark.parametrize("size", [b"\xff" * 12, b"\xff" * 10 + b"\xfc\0"])
def test_a_size_below_nothing_is_told(tmp_path: Path, size: bytes) -> None:
    block = bytearray(tarfile.TarInfo("a").tobuf(tarfile.USTAR_FORMAT))
    block[124:136] = size
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)

    file = opened(tmp_path, bytes(block) + bytes(1024))

    assert file.within(tmp_path)["a"] == [bytes(block) + bytes(1024)]
    assert file.reason.startswith("The tar archive is broken")


def test_a_member_of_a_compressed_archive_can_be_read_again() -> None:
    content = gzip.compress(tarred(FILES))
    codec = codec_of(Kind.GZIP)
    assert codec is not None
    stream = Decompressed(io.BytesIO(content), codec, Budget(Limits(), len(content)))

    for member in tar_members(stream, Limits()):
        assert member.content is not None
        assert member.content.read(100) == FILES[member.name][:100]
        member.content.seek(0)
        assert member.content.read() == FILES[member.name]
        member.content.seek(0)
        assert member.content.read() == FILES[member.name]


@given(st.data())
def test_any_damage_is_told_or_harmless(data: st.DataObject) -> None:
    content = bytearray(tarred({"long" * 40: b"x" * 700, "b": b"y"}))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    try:
        for member in tar_members(io.BytesIO(content), Limits()):
            if member.content is not None:
                member.content.read()
    except UnreadableError as error:
        assert error.reason.startswith("The tar archive ")  # noqa: PT017 - or none at all
