"""Libraries that print by themselves: to which streams."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import loguru as real_loguru
import pytest
import structlog as real_structlog

from pytest_julep_secrets.reach import loguru, structlog

Told = list[tuple[str, object]]


@pytest.fixture
def told() -> Told:
    return []


def ends(undo: Callable[[], None] | None) -> None:
    assert undo is not None
    undo()


def test_structlog(told: Told, capsys: pytest.CaptureFixture[str]) -> None:
    before = dict(vars(real_structlog.PrintLogger))
    buffer, raw = io.StringIO(), io.BytesIO()
    undo = structlog.install(lambda *what: told.append(what))
    try:
        real_structlog.PrintLogger(buffer).error("one")
        real_structlog.WriteLogger(buffer).msg("two")
        real_structlog.BytesLogger(raw).info(b"three")
        real_structlog.PrintLogger().warning("four")
    finally:
        ends(undo)
    real_structlog.PrintLogger(buffer).error("five")

    assert told == [("structlog", stream) for stream in (buffer, buffer, raw, sys.stdout)]
    assert (buffer.getvalue(), raw.getvalue()) == ("one\ntwo\nfive\n", b"three\n")
    assert capsys.readouterr().out == "four\n"
    assert dict(vars(real_structlog.PrintLogger)) == before


def test_loguru(told: Told) -> None:
    buffer, lines = io.StringIO(), list[str]()
    sinks = [
        real_loguru.logger.add(buffer, format="{function} {message}"),
        real_loguru.logger.add(lines.append, format="{message}"),
    ]
    undo = loguru.install(lambda *what: told.append(what))
    try:
        real_loguru.logger.error("one")
    finally:
        ends(undo)
        real_loguru.logger.error("two")
        for sink in sinks:
            real_loguru.logger.remove(sink)

    assert [what for what in told if what[1] is buffer] == [("loguru", buffer)]
    assert buffer.getvalue() == "test_loguru one\ntest_loguru two\n"
    assert lines == ["one\n", "two\n"]


@pytest.mark.parametrize("install", [structlog.install, loguru.install])
def test_without_the_library(
    install: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "structlog._output")
    monkeypatch.delitem(sys.modules, "loguru._simple_sinks")

    assert install(lambda *_: None) is None
