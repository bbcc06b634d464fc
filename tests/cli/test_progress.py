"""A line that says how far a long command has got."""

from __future__ import annotations

import io

from pytest_julep_secrets.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_shown_within_a_second() -> None:
    stream = Terminal()
    progress = Progress(stream, iter([0.0, 0.5, 0.9]).__next__)

    progress.add(1)
    progress.add(1)
    progress.end()

    assert stream.getvalue() == ""


def test_a_line_is_shown_then_and_taken_away() -> None:
    stream = Terminal()
    times = iter([0.0, 1.5, 1.5, 1.6, 2.0, 2.0])
    progress = Progress(stream, times.__next__)

    for _ in range(3):
        progress.add(1_000_000_000)
    progress.end()

    shown = stream.getvalue().split("\r")
    assert shown == ["", "Scanned 1,000 MB so far", "Scanned 3,000 MB so far", " " * 23, ""]


def test_only_terminals_have_one() -> None:
    stream = io.StringIO()
    progress = Progress(stream, iter([0.0]).__next__)

    progress.add(1)
    progress.end()

    assert stream.getvalue() == ""
