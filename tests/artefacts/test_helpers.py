"""Other processes that take their share of a long search."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Final

import pytest

from pytest_julep_secrets.artefacts.helpers import Helpers, helpers_here
from pytest_julep_secrets.leaks.chunks import Finder, Window, in_turn
from pytest_julep_secrets.leaks.search import Found
from pytest_julep_secrets.leaks.watch import Watch

VALUE: Final = "sk-fake-1f9c27d4-Zq7CaNx81LmQwT5rV0bYhJ2d"
WINDOWS: Final[list[Window]] = [(b"." * number, number // 2) for number in range(40)]

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="helpers are forked"),
    # As xdist's workers are; the command is not.
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


def who(window: bytes) -> list[Found]:
    """Tell how long a window is, and who searches it."""
    return [Found(0, len(window), os.getpid(), "", whole=True)]


def dies(window: bytes) -> list[Found]:
    """Search, as long as it is in this process."""
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return who(window)


HERE: Final = os.getpid()


def test_windows_come_in_their_order_from_all() -> None:
    with closing(Helpers(2, alone=100)) as helpers:
        shared = list(helpers(who, WINDOWS))

    assert [(cut, found[0].end) for cut, found in shared] == [
        (cut, len(window)) for window, cut in WINDOWS
    ]
    assert len({found[0].number for _, found in shared}) == 3


def test_nobody_is_started_for_little() -> None:
    with closing(Helpers(2)) as helpers:
        assert {found[0].number for _, found in helpers(who, WINDOWS)} == {os.getpid()}


def test_without_helpers_one_does_it_all() -> None:
    with closing(Helpers(0, alone=1)) as helpers:
        assert {found[0].number for _, found in helpers(who, WINDOWS)} == {os.getpid()}


def test_what_a_helper_that_dies_was_given_is_searched_all_the_same() -> None:
    with closing(Helpers(2, alone=1)) as helpers:
        shared = list(helpers(dies, WINDOWS))

    assert shared == list(in_turn(who, WINDOWS))


def test_they_are_gone_at_the_end() -> None:
    with closing(Helpers(1, alone=1)) as helpers:
        numbers = {found[0].number for _, found in helpers(who, WINDOWS)} - {os.getpid()}

    for number in numbers:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


def test_a_search_finds_the_same_with_them() -> None:
    watch = Watch()
    watch.add("key", VALUE, "test")

    def chunks() -> Iterator[bytes]:
        for number in range(60):
            yield b"nothing to see here\n" * 300
            yield VALUE.encode() if number % 7 == 0 else b"\n"

    alone = list(Finder(watch, window=4096).find_in(chunks()))
    with closing(Helpers(1, alone=1)) as helpers:
        together = list(Finder(watch, window=4096, share=helpers).find_in(chunks()))

    assert len(alone) == 9
    assert together == alone


def test_there_are_as_many_as_cores_beside_this_one() -> None:
    assert helpers_here() == min(len(os.sched_getaffinity(0)) - 1, 3)
