"""What a user reads about a capture that sees nothing."""

from __future__ import annotations

import logging

import pytest

from pytest_julep_secrets.leaks import blinding
from pytest_julep_secrets.leaks.blinding import Blinding

ALL = [
    blinding.NO_LOGGING,
    blinding.NO_CAPTURE,
    blinding.ANOTHER_PHASE,
    blinding.switched_off("a.b", logging.ERROR, logging.CRITICAL),
    blinding.disabled("a.b", logging.ERROR),
    blinding.below("a.b", logging.INFO, "root", logging.WARNING),
    blinding.below_handler("a.b", logging.INFO, logging.WARNING),
    blinding.kept_apart("a.b", logging.INFO, "a"),
    blinding.taken_away("a.b", logging.INFO),
    blinding.filtered("a.b", logging.INFO),
    blinding.replaced("stdout"),
    blinding.read_before("key"),
    blinding.around("structlog"),
    blinding.around("loguru"),
]


@pytest.mark.parametrize("one", ALL, ids=range(len(ALL)))
def test_each_says_what_it_is_and_what_to_do(one: Blinding) -> None:
    assert not one.what.endswith(".")
    assert one.remedy.endswith(".")
    assert "\n" not in one.what + one.remedy


def test_they_differ() -> None:
    assert len({one.what for one in ALL}) == len({one.remedy for one in ALL}) == len(ALL)


@pytest.mark.parametrize(
    ("name", "level", "remedy"),
    [
        ("a.b", logging.INFO, 'Call caplog.set_level("INFO", logger="a.b") before the code runs.'),
        ("root", logging.INFO, 'Call caplog.set_level("INFO") before the code runs.'),
        ("a.b", 15, 'Call caplog.set_level(15, logger="a.b") before the code runs.'),
    ],
)
def test_a_level_is_ready_to_paste(name: str, level: int, remedy: str) -> None:
    assert blinding.below(name, level, "root", logging.WARNING).remedy == remedy


def test_how_to_get_the_root_logger_is_ready_to_paste() -> None:
    assert blinding.disabled("root", logging.ERROR).remedy.startswith(
        "Set logging.getLogger().disabled = False"
    )
