"""Which files are looked at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pytest_julep_secrets.documents.unreadable import UnreadableError
from pytest_julep_secrets.lint.files import find_files, read_file, reader_of


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def found(*paths: Path, exclude: tuple[str, ...] = ()) -> list[str]:
    refused: list[OSError] = []
    names = [path.name for path in find_files(paths, exclude, refused.append)]
    assert refused == []
    return names


def test_files_of_known_kinds_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.py", "a.pyi", "c.txt", "sub/d.yml", "sub/e.yaml", "sub/.env", "f.json")
    make(tmp_path, ".github/workflows/ci.yml", ".env.test", "prod.env", "env", "g.pyc")

    assert found(tmp_path) == [
        ".env.test", "a.pyi", "b.py", "f.json", "prod.env", "ci.yml", ".env", "d.yml", "e.yaml",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", [".git/a.py", ".venv/pyvenv.cfg", "node_modules/a.json", "__pycache__/a.py",
             ".mypy_cache/3/a.json", "x.egg-info/a.json", "deep/node_modules/b/c.json"],
)  # fmt: skip
def test_what_is_left_out(tmp_path: Path, name: str) -> None:
    make(tmp_path, name, str(Path(name).with_name("a.py")))

    assert found(tmp_path) == []


def test_what_is_asked_for_is_read_wherever_it_is(tmp_path: Path) -> None:
    make(tmp_path, ".git/a.py", "b.txt")

    assert found(tmp_path / ".git", tmp_path / "b.txt") == ["a.py", "b.txt"]


def test_excluded_paths(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "fixtures/b.py", "c_pb2.py")

    assert found(tmp_path, exclude=("*/fixtures", "*_pb2.py")) == ["a.py"]


def test_links_to_directories_are_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "a.py")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "b.py").symlink_to(tmp_path / "a.py")

    assert found(tmp_path) == ["a.py", "b.py"]


def test_a_directory_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    told: list[OSError] = []

    assert list(find_files([tmp_path], (), told.append)) == []
    assert [error.filename for error in told] == [str(tmp_path)]


def test_kinds() -> None:
    assert reader_of(Path("a.toml")) is None
    assert reader_of(Path("sub/.env.local")) is reader_of(Path("x.env"))


def test_what_cannot_be_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    make(tmp_path, "a.toml")
    (tmp_path / "loop.py").symlink_to(tmp_path / "loop.py")

    for name, reason in {
        "pipe.py": "It is no file.",
        "none.py": "It cannot be read: No such file or directory.",
        "loop.py": "It cannot be read: Too many levels of symbolic links.",
        "no\0.py": "It cannot be read: no possible path.",
        "a.toml": "Files of this kind are not known. Known: *.py, *.pyi, *.yaml, *.yml, *.json, "
        ".env, .env.*, *.env",
    }.items():
        with pytest.raises(UnreadableError) as caught:
            read_file(tmp_path / name)
        assert caught.value.reason == reason
