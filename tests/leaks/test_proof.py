"""What is handed over, and the proof where nothing is known of a test."""

from __future__ import annotations

import io
import logging
import sys

import pytest

from pytest_julep_secrets import LeakError, assert_no_leaks
from pytest_julep_secrets.leaks.blinding import Blinding
from pytest_julep_secrets.leaks.proof import flat, log_handler, sentences

SECRETS = {"key": "sk-fake-must-not-be-shown"}


def test_lists_are_looked_into_and_results_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    result = capsys.readouterr()

    assert list(flat(["a", ["b", (result, [capsys])]])) == ["a", "b", result, capsys]
    assert next(flat([result])) is result


def test_a_log(caplog: pytest.LogCaptureFixture) -> None:
    assert log_handler(caplog) is caplog.handler
    assert log_handler("a") is log_handler(logging.root) is None


def test_each_blinding_is_said_once_and_not_too_many() -> None:
    blinded = [Blinding(f"reason {number}", "Do it.") for number in (0, 0, 1, 2, 3, 4)]

    lines = sentences(blinded).splitlines()

    assert len(lines) == 7
    assert lines[:2] == ["This leak check could not have seen a leak: reason 0.", "Do it."]
    assert lines[-1] == "And 2 more like these."
    assert len(sentences(blinded[:4]).splitlines()) == 6


def test_captures_that_see_something(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    assert_no_leaks(caplog, capsys, "", secrets=SECRETS)


def test_a_log_that_is_off(caplog: pytest.LogCaptureFixture) -> None:
    logging.disable(logging.CRITICAL)
    try:
        with pytest.raises(LeakError, match=r"logging.disable\(CRITICAL\)") as caught:
            assert_no_leaks([caplog], secrets=SECRETS)
    finally:
        logging.disable(logging.NOTSET)

    assert caught.value.findings == ()


def test_a_stream_that_is_another(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())

    with pytest.raises(LeakError, match=r"something has replaced sys\.stdout"):
        assert_no_leaks(capsys, secrets=SECRETS)
