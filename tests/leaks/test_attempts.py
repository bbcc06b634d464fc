"""Loggers that are asked to log."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from pytest_julep_secrets.leaks import attempts

LOG = logging.getLogger("tests_of_attempts")


@pytest.fixture
def told() -> Iterator[list[tuple[str, int, bool, str]]]:
    found: list[tuple[str, int, bool, str]] = []

    def tell(logger: logging.Logger, level: int, *, enabled: bool) -> None:
        found.append((logger.name, level, enabled, attempts.caller()))

    original = logging.Logger.isEnabledFor
    uninstall = attempts.install(tell)
    yield found
    uninstall()
    assert logging.Logger.isEnabledFor is original


def test_what_is_made_and_what_is_refused(told: list[tuple[str, int, bool, str]]) -> None:
    LOG.error("one")
    LOG.debug("two")
    logging.LoggerAdapter(LOG, {}).warning("three")
    logging.critical("four")

    assert told == [
        ("tests_of_attempts", logging.ERROR, True, __file__),
        ("tests_of_attempts", logging.DEBUG, False, __file__),
        # The adapter asks, and then the logger.
        *[("tests_of_attempts", logging.WARNING, True, __file__)] * (len(told) - 3),
        ("root", logging.CRITICAL, True, __file__),
    ]


def test_another_one_above_is_left_alone() -> None:
    original = logging.Logger.isEnabledFor
    uninstall = attempts.install(lambda *_, **__: None)
    ours = logging.Logger.isEnabledFor
    above = attempts.install(lambda *_, **__: None)

    uninstall()
    above()

    assert logging.Logger.isEnabledFor is ours
    logging.Logger.isEnabledFor = original  # type: ignore[method-assign]
