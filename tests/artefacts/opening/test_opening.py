"""From paths to artefacts: archives in archives, and what goes wrong on the way."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artefacts.opening.making import Opened, opened, tarred, zipped
from pytest_julep_secrets.artefacts.artefact import Problem
from pytest_julep_secrets.artefacts.opening import artefacts
from pytest_julep_secrets.artefacts.opening.encodings import encoding_of
from pytest_julep_secrets.artefacts.opening.kinds import Kind, kind_of

PLAIN = b"sk-fake-1f9c27d4"

Archive = dict[str, "bytes | Archive"]


def test_folders_and_archives_are_opened_by_what_they_hold(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.log").write_bytes(b"a")
    (tmp_path / "out/b.log").write_bytes(gzip.compress(b"b"))
    inner = gzip.compress(tarred({"c.log": b"c", "d.log.gz": gzip.compress(b"d")}))
    (tmp_path / "out/c.whl").write_bytes(zipped({"b.tgz": inner}))

    out = Opened(tmp_path)

    assert (out.within(tmp_path), out.problems) == (
        {
            "out/a.log": [b"a"],
            "out/b.log": [b"b"],
            "out/c.whl!/b.tgz!/c.log": [b"c"],
            "out/c.whl!/b.tgz!/d.log.gz": [b"d"],
        },
        [],
    )
    assert list(out.names.values()) == [
        tmp_path.as_posix().encode(),
        b"out",
        b"a.log\nb.log\nc.whl",
        b"c.log\nd.log.gz\n",
        b"b.tgz\n",
    ]


def test_a_text_in_utf_16_is_given_as_utf_8(tmp_path: Path) -> None:
    text = "größe\r\n"

    assert opened(tmp_path, text.encode("utf-16")).within(tmp_path) == {"a": [text.encode()]}


def test_ascii_behind_utf_16_is_given_as_it_is_too(tmp_path: Path) -> None:
    content = "text\r\n".encode("utf-16") + PLAIN

    file = opened(tmp_path, content)

    assert file.within(tmp_path)["a"][1:] == [content]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbftext", bytes(range(256)) * 100])
def test_other_bytes_are_given_as_they_are(tmp_path: Path, content: bytes) -> None:
    assert opened(tmp_path, content).within(tmp_path) == {"a": [content]}


def test_a_database_is_given_as_it_is(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a") as connection:
        connection.execute("create table file (path text)")
    connection.close()

    assert Opened(tmp_path / "a").within(tmp_path) == {"a": [(tmp_path / "a").read_bytes()]}


def test_a_file_that_vanishes_is_told_and_the_rest_given(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_text(name)
    problems: list[Problem] = []
    seen = []
    for artefact in artefacts([tmp_path], problems.append):
        seen.append(artefact.file.read())
        if artefact.path.endswith("a"):
            (tmp_path / "b").unlink()

    assert seen[2:] == [b"a", b"c"]
    assert [problem.path for problem in problems] == [(tmp_path / "b").as_posix()]


def test_an_error_in_an_archive_is_told_once_and_the_rest_is_given(tmp_path: Path) -> None:
    broken = gzip.compress(os.urandom(9000))[:-4000]
    content = zipped({"b.gz": broken, "c": b"text"})

    file = opened(tmp_path, content)

    text, raw = file.within(tmp_path)["a!/b.gz"]
    assert (len(text) > 4000, raw) == (True, broken)
    assert file.within(tmp_path)["a!/c"] == [b"text"]
    # The archive itself is whole.
    assert "a" not in file.within(tmp_path)
    assert file.reason.startswith("The gzip data ends too early.")


def test_a_name_that_is_no_text_can_be_shown_and_searched(tmp_path: Path) -> None:
    content = tarred({"na\udcffme": b"text"})

    file = opened(tmp_path, content)

    assert file.within(tmp_path) == {"a!/na\udcffme": [b"text"]}
    assert any(b"na\xffme\n" in names for names in file.names.values())


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = gzip.compress(zipped({"b": os.urandom(3 << 20)}, zipfile.ZIP_STORED), 0)
    monkeypatch.setattr(tempfile, "tempdir", (tmp_path / "none").as_posix())

    file = opened(tmp_path, content)

    assert file.reason.startswith("There is no room for a temporary copy: No such file")


def test_copies_are_gone_when_one_stops_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", (tmp_path / "tmp").as_posix())
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(zipped({"b": os.urandom(3 << 20)}, zipfile.ZIP_STORED), 0))

    given = artefacts([path], print)
    next(given)
    assert next(given).path.endswith("a.gz!/b")
    del given

    assert list((tmp_path / "tmp").iterdir()) == []


def test_texts_need_no_module_for_archives(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(PLAIN)
    code = (
        "import sys, pathlib; from pytest_julep_secrets.artefacts.opening import artefacts\n"
        "[one.file.read() for one in artefacts([pathlib.Path(sys.argv[1])], print)]\n"
        "print(sorted({'zipfile', 'tarfile', 'lzma', 'tempfile'} & set(sys.modules)))"
    )

    done = subprocess.run(  # noqa: S603 - our own Python
        [sys.executable, "-S", "-c", code, tmp_path],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "[]\n"


def _pack(tree: Archive, pack: Callable[[dict[str, bytes]], bytes]) -> bytes:
    inner = {name: _pack(one, pack) if isinstance(one, dict) else one for name, one in tree.items()}
    return pack(inner)


def _leaves(tree: Archive, above: str) -> dict[str, list[bytes]]:
    leaves: dict[str, list[bytes]] = {}
    for name, one in tree.items():
        path = f"{above}!/{name}"
        leaves |= _leaves(one, path) if isinstance(one, dict) else {path: [one]}
    return leaves


# Names that are no folder of one another; bytes that are of no other kind.
NAMES = st.text("abcäß .-_", min_size=1, max_size=150).filter(lambda name: name.strip(" ."))
BYTES = st.binary(max_size=600).filter(
    lambda content: kind_of(content) is Kind.PLAIN and encoding_of(content) is None
)
FLAT = st.dictionaries(NAMES, BYTES, min_size=1, max_size=3)
TREES = st.dictionaries(NAMES, BYTES | FLAT, min_size=1, max_size=3)
PACKERS: list[Callable[[dict[str, bytes]], bytes]] = [
    zipped,
    lambda files: zipped(files, zipfile.ZIP_STORED),
    lambda files: zipped(files, zipfile.ZIP_LZMA),
    lambda files: gzip.compress(tarred(files)),
    lambda files: bz2.compress(tarred(files)),
    lambda files: lzma.compress(tarred(files)),
    lambda files: gzip.compress(zipped(files)),
]


@given(tree=TREES, pack=st.sampled_from(PACKERS))
def test_any_archives_give_back_their_bytes(
    tree: Archive,
    pack: Callable[[dict[str, bytes]], bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(_pack(tree, pack))

    file = Opened(path)

    assert file.files == _leaves(tree, path.as_posix())
    assert file.problems == []
