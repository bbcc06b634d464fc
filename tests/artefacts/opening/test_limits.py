"""Archives that are made to fill a disk, and logs that only look so."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from pathlib import Path

import pytest

from artefacts.opening.making import opened, tarred, zipped
from pytest_julep_secrets.artefacts.opening.limits import Limits

# As the defaults, for files that a test can make.
SMALL = Limits(harmless=1 << 20)
ZEROS = bytes(4 << 20)


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(ZEROS), bz2.compress(ZEROS), lzma.compress(ZEROS)],
    ids=["gzip", "bz2", "xz"],
)
def test_a_bomb_is_told_and_given_as_it_is(tmp_path: Path, packed: bytes) -> None:
    file = opened(tmp_path, packed, Limits(harmless=1 << 20, ratio=500))

    text, raw = file.within(tmp_path)["a"]
    assert (len(text) < len(ZEROS), raw) == (True, packed)
    assert file.reason.startswith("It unpacks to more than 500 times its size.")


def test_the_rest_of_an_archive_with_a_bomb_is_given(tmp_path: Path) -> None:
    content = zipped({"bomb": ZEROS, "b.log": b"text"}, zipfile.ZIP_BZIP2) + bytes(60_000)

    file = opened(tmp_path, content, SMALL)

    assert file.within(tmp_path)["a!/b.log"] == [b"text"]
    assert file.within(tmp_path)["a"] == [content]
    assert file.reason.startswith("It unpacks to more than 1,000 times its size.")


def test_many_small_bombs_are_told_once(tmp_path: Path) -> None:
    packed = bz2.compress(bytes(1 << 20))

    file = opened(tmp_path, tarred({str(n): packed for n in range(100)}), Limits(size=4 << 20))

    assert sum(len(text) for texts in file.files.values() for text in texts) < 10 << 20
    assert file.reason.startswith("It unpacks to more than 4,194,304 bytes.")


def test_archives_that_multiply_are_told_once(tmp_path: Path) -> None:
    content = zipped({"0": bytes(100_000)})
    for _ in range(3):
        content = zipped({str(n): content for n in range(16)})
    limits = Limits(harmless=1 << 20, ratio=100)

    file = opened(tmp_path, content, limits)

    assert sum(len(text) for texts in file.files.values() for text in texts) < 5 << 20
    assert file.reason.startswith("It unpacks to more than 100 times its size.")


def test_too_many_members_are_told_once(tmp_path: Path) -> None:
    inner = zipped({str(n): b"" for n in range(8)})

    file = opened(tmp_path, tarred({str(n): inner for n in range(8)}), Limits(members=20))

    assert file.reason.startswith("There are more than 20 files in it.")
    # Three archives, and 17 files in them.
    assert sum(path.count("!/") == 2 for path in file.files) == 17


def test_what_is_too_deep_is_given_as_it_is(tmp_path: Path) -> None:
    fifth = zipped({"sixth": b"text"})
    content = fifth
    for _ in range(4):
        content = tarred({"other": b"o", "next": content, "again": content})

    file = opened(tmp_path, content)

    assert file.within(tmp_path)["a!/next!/next!/next!/next"] == [fifth]
    assert file.within(tmp_path)["a!/next!/next!/next!/other"] == [b"o"]
    assert file.problems[0].path.endswith("a!/next!/next!/next!/next")
    assert file.reason.startswith("It is packed more than 4 times over.")


def test_many_that_are_too_deep_are_told_once(tmp_path: Path) -> None:
    content = zipped({"0": b"text"})
    for _ in range(5):
        content = zipped({str(n): content for n in range(4)})

    file = opened(tmp_path, content, Limits(deep=10))

    assert file.reason.startswith("It is packed more than 4 times over.")
    # 4 ** 4 of them are there.
    assert sum(path.count("!/") == 4 for path in file.files) == 11


def test_data_compressed_again_and_again_is_told(tmp_path: Path) -> None:
    content = b"text"
    for _ in range(50):
        content = gzip.compress(content)

    file = opened(tmp_path, content)

    assert len(file.within(tmp_path)["a"]) == 1
    assert file.reason.startswith("It is packed more than 4 times over")


def test_a_compressed_tar_archive_is_one_level(tmp_path: Path) -> None:
    content = b"text"
    for _ in range(4):
        content = gzip.compress(tarred({"next": content}))

    file = opened(tmp_path, content)

    assert file.within(tmp_path) == {"a!/next!/next!/next!/next": [b"text"]}
    assert file.problems == []


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_log_of_repeated_lines_is_unpacked(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    lines = b"".join(b"%09d ERROR connection refused, trying again\n" % n for n in range(20_000))
    packed = pack(lines)

    file = opened(tmp_path, packed, Limits(harmless=0, ratio=1000))

    assert (file.within(tmp_path), file.problems) == ({"a": [lines]}, [])


def test_reading_again_is_not_counted(tmp_path: Path) -> None:
    from pytest_julep_secrets.artefacts.opening import artefacts

    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"text" * 1000))
    given = artefacts([path], print, Limits(size=5000))
    next(given)
    artefact = next(given)

    for _ in range(4):
        artefact.file.seek(0)
        assert len(artefact.file.read()) == 4000
