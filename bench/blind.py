"""What it costs to know that a leak check could have failed."""

from __future__ import annotations

from collections.abc import Iterator

from bench import runs
from bench.result import Goal, Line
from bench.timing import Effort, Pairs

_HEAD = """\
import logging

VALUE = "sk-fake-1f9c27d4"
log = logging.getLogger("billing")
UNWATCHED = logging.Logger.isEnabledFor

"""

_LOG = """\
    mock_secrets.create(name="key", value=VALUE)
    for number in range(10):
        log.warning("charge %s", number)
"""

_WATCHED = f"""\
def test_watched_{{place}}(mock_secrets):
{_LOG}
def test_unwatched_{{place}}(mock_secrets):
    watched, logging.Logger.isEnabledFor = logging.Logger.isEnabledFor, UNWATCHED
{_LOG}\
    logging.Logger.isEnabledFor = watched

"""

_ASKED = f"""\
def test_asked_{{place}}(mock_secrets, secret_leaks, caplog, capsys):
{_LOG}\
    secret_leaks.assert_none(caplog, capsys)

def test_by_hand_{{place}}(mock_secrets, caplog, capsys):
{_LOG}\
    captured = capsys.readouterr()
    assert VALUE not in caplog.text and VALUE not in captured.out + captured.err

"""


def run(effort: Effort) -> Iterator[Line]:
    """Compare tests that store a value and log ten lines: watched, and asking."""
    number = effort.number(1000)
    yield Line(
        "blind", "a test with 1 value that logs 10 lines", "its logging unwatched",
        _pairs(_WATCHED, number), Goal("more", 0.1e-3),
    )  # fmt: skip
    yield Line(
        "blind", "it asks about caplog and capsys", "the same by hand",
        _pairs(_ASKED, number), Goal("more", 0.3e-3),
    )  # fmt: skip


def _pairs(tests: str, number: int) -> Pairs:
    text = _HEAD + "".join(tests.format(place=place) for place in range(number))
    took = runs.seconds_of_tests(text, ["julep_secrets"])
    return Pairs(list(zip(took[::2], took[1::2], strict=True)))
