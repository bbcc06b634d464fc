"""Capture fixtures that are handed over themselves."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from pytest_julep_secrets.leaks import streams

NAMES = ["capsys", "capfd", "capsysbinary", "capfdbinary"]


@pytest.fixture(params=NAMES)
def capture(request: pytest.FixtureRequest) -> pytest.CaptureFixture[str]:
    found: pytest.CaptureFixture[str] = request.getfixturevalue(request.param)
    return found


def text(whole: str | bytes) -> str:
    return whole.decode() if isinstance(whole, bytes) else whole


def test_what_is_one(capture: pytest.CaptureFixture[str], caplog: object) -> None:
    assert streams.is_capture(capture)
    assert not any(map(streams.is_capture, [caplog, capture.readouterr(), MagicMock(), None]))
    assert streams.is_captured_by(sys.stdout, capture)
    assert streams.is_captured_by(sys.stderr, capture)
    assert not streams.is_captured_by(sys.__stdout__, capture)


def test_reading_takes_nothing_out(capture: pytest.CaptureFixture[str]) -> None:
    sys.stdout.write("one é\r\n")
    sys.stderr.write("two")

    assert [*map(text, streams.peek(capture))] == ["one é\r\n", "two"]
    sys.stdout.write("three")

    for _ in range(2):
        assert [*map(text, streams.peek(capture))] == ["one é\r\nthree", "two"]
    assert streams.try_out(capture) == []
    assert [*map(text, capture.readouterr())] == ["one é\r\nthree", "two"]
    assert [*map(text, capture.readouterr())] == ["", ""]


@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_a_buffer_in_its_place_gets_nothing(
    capture: pytest.CaptureFixture[str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, name, buffer := io.StringIO())

    (lost,) = streams.try_out(capture)

    assert lost.what.startswith(f"something has replaced sys.{name}")
    assert buffer.getvalue() == ""
    assert [*map(text, capture.readouterr())] == ["", ""]


def test_nor_does_a_file(
    capture: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "out").open("w+") as file:
        monkeypatch.setattr(sys, "stdout", file)

        assert len(streams.try_out(capture)) == 1

    assert (tmp_path / "out").read_text() == ""


def test_one_that_hands_on_is_seen(
    capture: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", MagicMock(wraps=sys.stdout, fileno=None))

    assert streams.try_out(capture) == []
    assert [*map(text, capture.readouterr())] == ["", ""]


def test_one_that_keeps_it_is_not(
    capture: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", MagicMock(fileno=None))

    assert len(streams.try_out(capture)) == 1


def test_what_leads_away(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with (tmp_path / "out").open("w") as file:
        assert streams.leads_away(file)
    with io.TextIOWrapper(io.FileIO(1, "w", closefd=False)) as descriptor:
        assert streams.leads_away(descriptor)
        assert not streams.leads_away(descriptor, capfd)
    assert streams.leads_away(io.BytesIO())
    assert not streams.leads_away(MagicMock(fileno=None))
