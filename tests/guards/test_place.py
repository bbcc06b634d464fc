"""The line of the user's that is being run."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

import pytest_julep_secrets
from pytest_julep_secrets.guards.place import user_line

HERE = Path(__file__)
Call = Callable[[Callable[[], str]], str]


def code_in(filename: str) -> Call:
    """A function that calls another, as if it stood in that file."""
    namespace: dict[str, Any] = {}
    code = compile("def call(function):\n    return function()", filename, "exec")
    exec(code, namespace)  # noqa: S102 - the line above
    call: Call = namespace["call"]
    return call


def test_it_is_the_line_that_asks() -> None:
    with chdir(HERE.parent):
        said, line = user_line(), sys._getframe().f_lineno

    assert said == f"At test_place.py:{line}, in test_it_is_the_line_that_asks."


def test_a_file_is_named_from_the_current_directory_on() -> None:
    with chdir(HERE.parents[1]):
        inside = user_line()

    assert inside.startswith("At guards/test_place.py:")


def test_a_file_elsewhere_is_named_whole(tmp_path: Path) -> None:
    with chdir(tmp_path):
        elsewhere = user_line()

    assert elsewhere.startswith(f"At {HERE}:")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a directory that is somebody's")
def test_a_directory_that_is_gone_keeps_nothing_from_being_said(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()

    with chdir(gone):
        gone.rmdir()
        said = user_line()

    assert said.startswith(f"At {HERE}:")


@pytest.mark.parametrize(
    "filename",
    [
        *(
            pytest.param(str(Path(sysconfig.get_path(key), "some", "module.py")), id=key)
            for key in ("stdlib", "platstdlib", "purelib", "platlib")
        ),
        pytest.param(str(Path(pytest_julep_secrets.__file__).parent / "mock.py"), id="ours"),
        pytest.param("<frozen runpy>", id="frozen"),
        pytest.param("<string>", id="no file"),
    ],
)
def test_code_of_others_is_skipped(filename: str) -> None:
    with chdir(HERE.parent):
        said = code_in(filename)(user_line)

    assert said.startswith("At test_place.py:")
    assert said.endswith(", in test_code_of_others_is_skipped.")


def test_many_frames_of_others_are_skipped() -> None:
    inner = code_in(str(Path(sysconfig.get_path("purelib"), "client.py")))
    outer = code_in(str(Path(sysconfig.get_path("stdlib"), "functools.py")))

    said = outer(lambda: inner(user_line))

    assert said.endswith(", in <lambda>.")


def test_a_directory_that_begins_like_one_of_others_is_the_users() -> None:
    filename = f"{sysconfig.get_path('stdlib')}-of-mine/billing.py"

    assert code_in(filename)(user_line) == f"At {filename}:2, in call."


def test_another_thread_is_named() -> None:
    with ThreadPoolExecutor(1, thread_name_prefix="worker") as pool:
        said = pool.submit(lambda: user_line()).result()  # noqa: PLW0108 - a line of ours

    assert said.endswith(", in <lambda> (in the thread 'worker_0').")


def test_where_a_thread_runs_none_of_the_users_code_it_alone_is_named() -> None:
    with ThreadPoolExecutor(1, thread_name_prefix="worker") as pool:
        said = pool.submit(user_line).result()

    assert said == "It happened in the thread 'worker_0'."


def test_where_there_is_no_file_nothing_is_said() -> None:
    code = "from pytest_julep_secrets.guards.place import user_line; print(repr(user_line()))"

    printed = subprocess.check_output([sys.executable, "-c", code], text=True)  # noqa: S603

    assert printed == "''\n"
