"""Files of the disk."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from artefacts.opening.making import forbidden
from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.opening import plain
from pytest_julep_secrets.artefacts.opening.plain import PlainFile


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "a.log"
    path.write_bytes(b"0123456789")
    return path


def test_a_file_is_read_again_from_its_beginning(log: Path) -> None:
    with PlainFile(log) as file:
        assert (file.read(4), file.read(100), file.read(4)) == (b"0123", b"456789", b"")
        file.seek(0)
        assert file.read() == b"0123456789"


def test_a_file_can_be_read_by_the_standard_library(log: Path) -> None:
    with PlainFile(log) as file:
        assert list(io.TextIOWrapper(io.BufferedReader(file))) == ["0123456789"]


def test_what_is_added_meanwhile_is_read(log: Path) -> None:
    with PlainFile(log) as file, log.open("ab") as writer:
        file.read(10)
        writer.write(b"more")
        writer.flush()

        assert (file.read(100), file.read(100)) == (b"more", b"")


def test_a_file_that_does_not_stop_growing_is_told(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "_GROWTH", 100)
    with PlainFile(log) as file, log.open("ab", buffering=0) as writer:

        def read_all() -> None:
            while file.read(10):
                writer.write(bytes(10))

        with pytest.raises(UnreadableError, match="It grows while it is read"):
            read_all()

        assert writer.tell() < 200


def test_a_file_that_became_shorter_is_told(log: Path) -> None:
    with PlainFile(log) as file:
        file.read(2)
        os.truncate(log, 1)

        with pytest.raises(UnreadableError, match="It became shorter while it is read"):
            file.read(10)


def test_a_file_that_vanished_is_told(log: Path) -> None:
    log.unlink()

    with pytest.raises(UnreadableError, match="There is no such file"):
        PlainFile(log)


@pytest.mark.skipif(sys.platform == "win32", reason="there are none")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(UnreadableError, match="It is no file any more"):
        PlainFile(tmp_path / "pipe")


@pytest.mark.skipif(sys.platform != "linux", reason="a file that opens and cannot be read")
def test_an_error_of_the_system_is_told() -> None:
    with PlainFile(Path("/proc/self/mem")) as file, pytest.raises(UnreadableError) as raised:
        file.read(10)

    assert raised.value.reason.startswith("It cannot be read: Input/output error.")


@pytest.mark.skipif(sys.platform != "linux", reason="a file that claims to be empty")
def test_a_file_that_claims_to_be_empty_is_read() -> None:
    with PlainFile(Path("/proc/self/status")) as file:
        assert file.read(10)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others")
def test_a_file_that_may_not_be_read_is_told(log: Path) -> None:
    with forbidden(log), pytest.raises(UnreadableError, match=r"It may not be read\. Let the user"):
        PlainFile(log)
