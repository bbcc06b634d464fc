"""Zip archives."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artefacts.opening.making import Opened, opened, zipped
from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.opening.limits import Budget, Limits
from pytest_julep_secrets.artefacts.opening.zip_archive import zip_members

FILES = {"a.log": b"first\n" * 1000, "sub/b.log": b"second\n", "empty": b""}
GIVEN = {f"a!/{name}": [content] for name, content in FILES.items()}
METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
PLAIN = b"sk-fake-1f9c27d4"


def changed(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new)


def names_in(file: Opened) -> bytes:
    return next(names for path, names in file.names.items() if path.endswith("/a!/"))


@pytest.mark.parametrize("method", METHODS)
def test_its_files_are_given_and_their_names(tmp_path: Path, method: int) -> None:
    file = opened(tmp_path, zipped(FILES, method))

    assert (file.within(tmp_path), file.problems) == (GIVEN, [])
    assert names_in(file) == b"a.log\nsub/b.log\nempty\n"


def test_one_that_was_written_to_a_stream_is_read(tmp_path: Path) -> None:
    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    buffer = Stream()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)

    file = opened(tmp_path, buffer.getvalue())

    assert (file.within(tmp_path), file.problems) == (GIVEN, [])


def test_an_archive_in_compressed_data_is_read(tmp_path: Path) -> None:
    file = opened(tmp_path, gzip.compress(zipped(FILES)))

    assert (file.within(tmp_path), file.problems) == (GIVEN, [])


def test_an_empty_one_gives_nothing(tmp_path: Path) -> None:
    file = opened(tmp_path, zipped({}))

    assert (file.within(tmp_path), file.problems) == ({}, [])


def test_folders_have_a_name_only(tmp_path: Path) -> None:
    file = opened(tmp_path, zipped({"sub/": b"", "sub/b": b"text"}))

    assert (file.within(tmp_path), file.problems) == ({"a!/sub/b": [b"text"]}, [])
    assert names_in(file) == b"sub/\nsub/b\n"


def test_names_and_comments_are_given(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        member = zipfile.ZipInfo("größe")
        member.comment = b"comment of a file"
        member.extra = b"\xfe\xca\x08\0of extra"
        archive.writestr(member, b"text")
        archive.comment = b"comment of all"

    file = opened(tmp_path, buffer.getvalue())

    assert file.problems == []
    for name in ("größe".encode(), b"comment of a file", b"comment of all", b"of extra"):
        assert name in names_in(file)


@pytest.mark.parametrize("before", [b"#!/usr/bin/env python3\n" + PLAIN, b"x"])
def test_one_behind_other_data_is_given_besides(tmp_path: Path, before: bytes) -> None:
    content = before + zipped(FILES)

    file = opened(tmp_path, content)

    assert (file.within(tmp_path), file.problems) == ({"a": [content]} | GIVEN, [])


def test_one_behind_other_data_is_seen_in_compressed_data(tmp_path: Path) -> None:
    content = b"#!" + zipped(FILES)

    file = opened(tmp_path, gzip.compress(content))

    assert (file.within(tmp_path), file.problems) == ({"a": [content]} | GIVEN, [])


@pytest.mark.parametrize("where", ["behind", "between"])
def test_what_is_between_members_and_behind_them_is_given(tmp_path: Path, where: str) -> None:
    content = zipped(FILES)
    if where == "behind":
        content += PLAIN
    else:
        directory = content.index(b"PK\1\2")
        content = content[:directory] + PLAIN + content[directory:]
        end = content.index(b"PK\5\6") + 16
        content = content[:end] + struct.pack("<L", directory + len(PLAIN)) + content[end + 4 :]

    file = opened(tmp_path, content)

    assert (file.within(tmp_path), file.problems) == (GIVEN, [])
    assert PLAIN in names_in(file)


def test_an_encrypted_member_is_told_once_and_all_given_as_it_is(tmp_path: Path) -> None:
    content = bytearray(zipped(FILES, zipfile.ZIP_STORED))
    for at in range(len(content)):
        if content[at : at + 4] == b"PK\1\2":
            content[at + 8] |= 1

    file = opened(tmp_path, bytes(content))

    assert file.within(tmp_path) == {"a": [bytes(content)]}
    assert file.problems[0].path.endswith("/a!/a.log")
    assert file.reason.startswith("It is encrypted, and so may be more in this zip archive")


def test_a_method_that_is_not_known_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped(FILES, zipfile.ZIP_STORED))
    first = content.index(b"PK\1\2")
    content[first + 10] = 98

    file = opened(tmp_path, bytes(content))

    assert file.within(tmp_path) == {
        "a!/sub/b.log": [FILES["sub/b.log"]],
        "a!/empty": [b""],
        "a": [bytes(content)],
    }
    assert file.reason.startswith("It is compressed by method 98, which is not known")


@pytest.mark.parametrize("method", METHODS)
def test_a_damaged_member_is_told_the_rest_is_given(tmp_path: Path, method: int) -> None:
    content = bytearray(zipped(FILES, method))
    at = 30 + len("a.log") + 12
    content[at : at + 5] = b"DAMAG"

    file = opened(tmp_path, bytes(content))

    assert file.within(tmp_path)["a!/sub/b.log"] == [FILES["sub/b.log"]]
    assert file.within(tmp_path)["a"] == [bytes(content)]
    assert file.problems[0].path.endswith("/a!/a.log")
    assert file.reason.startswith("The zip archive ")


def test_a_wrong_checksum_is_told(tmp_path: Path) -> None:
    content = changed(zipped(FILES, zipfile.ZIP_STORED), b"second", b"secret")

    file = opened(tmp_path, content)

    assert file.within(tmp_path)["a!/sub/b.log"] == [b"secret\n"]
    assert file.reason.startswith("The zip archive is damaged.")


@pytest.mark.parametrize("size", [4, 40, 200, 300])
def test_one_that_is_cut_off_is_told_and_given_as_it_is(tmp_path: Path, size: int) -> None:
    cut = zipped(FILES)[:size]

    file = opened(tmp_path, cut)

    assert file.within(tmp_path) == {"a": [cut]}
    assert file.reason.startswith("The zip archive is broken")


def test_another_name_in_front_of_a_member_is_told(tmp_path: Path) -> None:
    content = zipped(FILES)

    file = opened(tmp_path, content.replace(b"a.log", PLAIN[:5], 1))

    assert file.reason.startswith("The zip archive is broken")


def overlapping(count: int) -> bytes:
    """One kernel of zeros that each member quotes, as in David Fifield's archives."""
    kernel = zipped({"0": bytes(10 << 20)})
    directory = kernel.index(b"PK\1\2")
    entry = kernel[directory : kernel.index(b"PK\5\6")]
    end = struct.pack("<4s4xHHLLH", b"PK\5\6", count, count, len(entry) * count, directory, 0)
    return kernel[:directory] + entry * count + end


def test_members_that_overlap_are_told_before_anything_is_unpacked(tmp_path: Path) -> None:
    content = overlapping(10_000)

    file = opened(tmp_path, content)

    assert file.within(tmp_path) == {"a": [content]}
    assert file.reason.startswith("The zip archive has members that overlap")


def test_a_directory_that_is_too_large_is_told(tmp_path: Path) -> None:
    file = opened(tmp_path, zipped(FILES), Limits(directory=100))

    assert file.reason.startswith("The zip archive has a directory that is too large")


@given(st.data())
def test_any_damage_is_told_or_harmless(data: st.DataObject) -> None:
    method = data.draw(st.sampled_from(METHODS))
    content = bytearray(zipped({"long" * 5: b"x" * 70, "b": b"y"}, method))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    file = io.BytesIO(content)
    try:
        for member in zip_members(file, Budget(Limits(), len(content))):
            if member.content is not None:
                member.content.read()
    except UnreadableError as error:
        assert error.reason  # noqa: PT017 - or none at all
