"""A file is there as it was, or as it is to be, whatever happens meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from artefacts.redaction.redacting import OTHER, run, watched
from pytest_julep_secrets.artefacts.redaction.finding import Item
from pytest_julep_secrets.artefacts.redaction.places import InPlace
from pytest_julep_secrets.artefacts.redaction.saving import is_unfinished

TEXT = f"begin {OTHER} end\n" * 3
CHANGED = "begin REDACTED:db_password end\n" * 3


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.log"
    made.write_text(TEXT)
    return made


def untouched(path: Path) -> dict[str, float]:
    """What of a file stays as long as it is only read: all but when that was."""
    status = path.stat()
    kept = [name for name in dir(status) if name.startswith("st_") and "atime" not in name]
    # Those in nanoseconds are in there, too.
    return {name: getattr(status, name) for name in kept}


class Failing(FileIO):
    """A file on a disk that is full."""

    error: BaseException = OSError(28, "No space left on device")

    def write(self, _data: object, /) -> int:
        super().write(b"half")
        raise self.error


class Interrupted(Failing):
    error = KeyboardInterrupt()


def opening(kind: type[Failing]) -> Callable[[int], BinaryIO]:
    return lambda handle: cast("BinaryIO", kind(handle, "wb"))


def test_a_full_disk_is_told_and_nothing_is_lost(path: Path) -> None:
    (outcome,) = run(path, place=InPlace(opening(Failing)))

    assert outcome.refused.startswith("It cannot be read or written: No space left on device. ")
    assert path.read_text() == TEXT
    assert os.listdir(path.parent) == ["a.log"]  # noqa: PTH208


def test_an_interrupted_run_leaves_all_as_it_was(path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(path, place=InPlace(opening(Interrupted)))

    assert path.read_text() == TEXT
    assert os.listdir(path.parent) == ["a.log"]  # noqa: PTH208


KILLED = """
import os, signal, sys
from pathlib import Path
from pytest_julep_secrets.artefacts.redaction.places import InPlace
from pytest_julep_secrets.artefacts.redaction.run import redact
from pytest_julep_secrets.leaks.watch import Watch

class Killed(InPlace):
    def put(self, new, item):
        os.kill(os.getpid(), signal.SIGKILL)

watch = Watch()
watch.add("db_password", sys.argv[2], "test")
list(redact([Path(sys.argv[1])], watch, Killed()))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signal")
def test_a_killed_run_leaves_the_file_and_a_name_that_tells(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, path, OTHER], check=False)  # noqa: S603

    assert done.returncode == -signal.SIGKILL
    assert path.read_text() == TEXT
    (left,) = {one.name for one in path.parent.iterdir()} - {"a.log"}
    assert is_unfinished(left)
    first, second = run(path.parent)
    assert first.note.startswith("left out")
    assert (second.replaced, path.read_text()) == ({"db_password": 3}, CHANGED)
    assert (path.parent / left).read_text() == CHANGED


class Writing(InPlace):
    """While another program writes to the file."""

    def folder(self, item: Item) -> Path:
        with item.path.open("a") as file:
            file.write("more\n")
        return super().folder(item)


def test_a_file_that_changes_meanwhile_is_refused(path: Path) -> None:
    (outcome,) = run(path, place=Writing())

    assert "changed meanwhile" in outcome.refused
    assert path.read_text() == TEXT + "more\n" * 2


class Twice(InPlace):
    """While the same command runs a second time."""

    def folder(self, item: Item) -> Path:
        assert run(item.path)[0].refused == ""
        return super().folder(item)


def test_running_twice_at_a_time_does_no_harm(path: Path) -> None:
    (outcome,) = run(path, place=Twice())

    assert (outcome.refused, outcome.replaced) == ("", {})
    assert path.read_text() == CHANGED


def test_the_mode_stays(path: Path) -> None:
    path.chmod(0o640)

    run(path)

    assert path.stat().st_mode & 0o777 == 0o640
    assert path.read_text() == CHANGED


def test_a_file_without_a_value_is_not_touched(path: Path) -> None:
    path.write_text("nothing")
    before = untouched(path)

    assert [one.replaced for one in run(path)] == [{}]
    assert untouched(path) == before


def test_a_link_stays_one_and_what_it_leads_to_is_redacted_once(path: Path) -> None:
    link = path.with_name("latest.log")
    link.symlink_to(path.name)

    assert [one.path.rpartition("/")[2] for one in run(path.parent, link, path)] == ["a.log"]
    assert link.is_symlink()
    assert link.read_text() == CHANGED


def test_hard_links_are_refused(path: Path) -> None:
    path.with_name("b.log").hardlink_to(path)

    assert ["2 names" in one.refused for one in run(path.parent)] == [True] * 2
    assert path.read_text() == TEXT


def test_a_read_only_file_is_refused(path: Path) -> None:
    path.chmod(0o444)

    assert run(path)[0].refused.startswith("It is read-only.")
    assert path.read_text() == TEXT


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do all")
def test_a_read_only_folder_is_refused(path: Path) -> None:
    path.parent.chmod(0o555)
    (outcome,) = run(path)
    path.parent.chmod(0o755)

    assert outcome.refused.startswith("It cannot be read or written: Permission denied. ")
    assert path.read_text() == TEXT


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has none")
def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert run(tmp_path)[0].refused
    assert run(tmp_path / "nothing")[0].refused
    assert watched()


@pytest.mark.parametrize("ending", [".asc", ".sig", ".sigstore.json"])
def test_a_file_with_a_signature_beside_it_is_refused(ending: str, path: Path) -> None:
    Path(f"{path}{ending}").write_text("signature")

    assert run(path)[0].refused.startswith("Its signature is beside it")
    assert path.read_text() == TEXT


def test_a_value_in_a_name_is_refused_and_not_shown(path: Path) -> None:
    for name in (f"{OTHER}.log", f"{OTHER}/a.log"):
        named = path.parent / name
        named.parent.mkdir(exist_ok=True)
        named.write_text("nothing")

        (outcome,) = run(named)

        assert outcome.refused.startswith("Its name holds a value.")
        assert OTHER not in str(outcome)
        assert "REDACTED:db_password" in outcome.path
        named.unlink()


def test_a_manifest_is_refused(path: Path) -> None:
    from pytest_julep_secrets.artefacts.values import manifest

    manifest.write(path, [("a", OTHER)])

    assert run(path)[0].refused.startswith("It is the manifest of a test run")
