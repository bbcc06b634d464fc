"""Which files are found."""

from __future__ import annotations

import inspect
import os
import socket
import sys
from pathlib import Path

import pytest

from artefacts.opening.making import forbidden
from pytest_julep_secrets.artefacts.artefact import Problem
from pytest_julep_secrets.artefacts.opening.walk import Names, find_files


def found(*paths: Path, exclude: tuple[str, ...] = ()) -> tuple[list[str], list[Problem]]:
    problems: list[Problem] = []
    files = find_files(paths, exclude, problems.append)
    return [one.as_posix() for one in files if isinstance(one, Path)], problems


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b.log", "a.log", "sub/c.log", "sub/deep/d", ".hidden"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def below(tree: Path, *names: str) -> list[str]:
    return [(tree / name).as_posix() for name in names]


def test_every_file_is_found_folder_by_folder(tree: Path) -> None:
    assert found(tree) == (below(tree, ".hidden", "a.log", "b.log", "sub/c.log", "sub/deep/d"), [])


def test_names_of_folders_are_given_before_their_files(tree: Path) -> None:
    names = [one for one in find_files([tree], (), print) if isinstance(one, Names)]

    assert names == [
        Names("./", (tree.as_posix(),)),
        Names(f"{tree.as_posix()}/", (".hidden", "a.log", "b.log", "sub")),
        Names(f"{tree.as_posix()}/sub/", ("c.log", "deep")),
        Names(f"{tree.as_posix()}/sub/deep/", ("d",)),
    ]


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert list(find_files([tmp_path], (), print)) == [Names("./", (tmp_path.as_posix(),))]


def test_what_is_excluded_is_left_out(tree: Path) -> None:
    files, problems = found(tree, tree / "a.log", exclude=("*/sub", "*.log"))

    assert (files, problems) == (below(tree, ".hidden", "a.log"), [])


def test_a_file_is_given_once(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)

    files, problems = found(Path("a.log"), Path("sub/../a.log"), tree / "sub", tree, Path())

    assert (files[0], len(files), problems) == ("a.log", 5, [])


def test_a_missing_path_is_told(tree: Path) -> None:
    files, [problem] = found(tree / "none", tree / "a.log")

    assert files == below(tree, "a.log")
    assert problem == Problem((tree / "none").as_posix(), "There is no such file. Check the path.")


@pytest.mark.parametrize("path", ["a\0b", "a\0b/c"])
def test_an_impossible_path_is_told(tree: Path, path: str) -> None:
    files, [problem] = found(tree / path)

    assert files == []
    assert problem.reason.startswith("It cannot be read: there can be no such path.")


def test_links_to_files_are_followed(tree: Path) -> None:
    (tree / "sub/link").symlink_to(tree / "sub/c.log")
    (tree / "sub/out").symlink_to(tree / "a.log")

    assert found(tree / "sub") == (below(tree, "sub/c.log", "sub/deep/d", "sub/out"), [])


def test_links_to_folders_are_followed_once(tree: Path) -> None:
    (tree / "sub/again").symlink_to(tree / "sub/deep")

    assert found(tree / "sub") == (below(tree, "sub/again/d", "sub/c.log"), [])


@pytest.mark.parametrize("target", [".", "..", "../.."])
def test_a_link_that_would_loop_is_told(tree: Path, target: str) -> None:
    (tree / "sub/deep/loop").symlink_to(target)

    files, [problem] = found(tree)

    assert (
        files
        == found(tree)[0]
        == below(tree, ".hidden", "a.log", "b.log", "sub/c.log", "sub/deep/d")
    )
    assert problem.reason.startswith("It is a link to a folder that it is in itself.")


def test_links_that_lead_nowhere_are_told(tree: Path) -> None:
    (tree / "sub/lost").symlink_to("nothing")
    (tree / "sub/self").symlink_to("self")

    _, problems = found(tree / "sub")

    assert [one.reason.partition(".")[0] for one in problems] == [
        "It is a link that leads to nothing",
        "It is a link that leads to itself",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="there are none")
def test_what_is_no_file_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tree / "sub/pipe")
    monkeypatch.chdir(tree / "sub")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("socket")
        files, problems = found(tree / "sub", tree / "sub/pipe", Path("/dev/null"))

    assert files == below(tree, "sub/c.log", "sub/deep/d")
    assert [Path(one.path).name for one in problems] == ["pipe", "socket", "pipe", "null"]
    assert {one.reason for one in problems} == {
        "It is a pipe, a socket or a device. Leave it out with --exclude."
    }


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others")
def test_a_folder_that_may_not_be_read_is_told(tree: Path) -> None:
    with forbidden(tree):
        files, [problem] = found(tree)

    assert (files, problem.path) == ([], tree.as_posix())
    assert problem.reason.startswith("It may not be read. Let the user of this command read it")


def test_folders_may_be_nested_deeper_than_functions(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"d" * 150)
    deep.mkdir(parents=True)
    (deep / "file").touch()

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        files, problems = found(tmp_path)
    finally:
        sys.setrecursionlimit(limit)

    assert (files, problems) == ([(deep / "file").as_posix()], [])
