"""Whether a record would come to a handler, told without one being emitted."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from unittest.mock import MagicMock

import pytest

from pytest_julep_secrets.leaks.canary import try_out, try_root, why_lost, why_refused

ROOT = logging.getLogger()
PARENT = logging.getLogger("tests_of_canary")
CHILD = logging.getLogger("tests_of_canary.child")


class Capture(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


@pytest.fixture
def capture() -> Iterator[Capture]:
    """A handler of the root logger; what tests set is taken back."""
    handler, level = Capture(), ROOT.level
    ROOT.addHandler(handler)
    yield handler
    ROOT.removeHandler(handler)
    ROOT.setLevel(level)
    logging.disable(logging.NOTSET)
    for logger in (PARENT, CHILD):
        logger.disabled, logger.propagate = False, True
        logger.handlers.clear()
        logger.filters.clear()
        logger.setLevel(logging.NOTSET)


def refuse(_: object) -> bool:
    return False


def fail(_: object) -> bool:
    raise LookupError


# --- no record is made


@pytest.mark.parametrize(
    ("blind", "what"),
    [
        pytest.param(
            lambda: logging.disable(logging.ERROR), "logging.disable(ERROR)", id="logging.disable"
        ),
        pytest.param(
            lambda: setattr(CHILD, "disabled", True),
            "the logger 'tests_of_canary.child' is disabled",
            id="disabled",
        ),
        pytest.param(
            lambda: CHILD.setLevel("ERROR"),
            "the level of the logger 'tests_of_canary.child' is ERROR",
            id="its own level",
        ),
        pytest.param(
            lambda: PARENT.setLevel("CRITICAL"),
            "the level of the logger 'tests_of_canary' is CRITICAL",
            id="its parent's level",
        ),
        pytest.param(
            lambda: ROOT.setLevel("ERROR"), "the level of the root logger is ERROR", id="the root's"
        ),
    ],
)
@pytest.mark.usefixtures("capture")
def test_why_no_record_is_made(blind: Callable[[], None], what: str) -> None:
    blind()

    assert not CHILD.isEnabledFor(logging.WARNING)
    why = why_refused(CHILD, logging.WARNING)
    assert what in why.what
    assert "the logger 'tests_of_canary.child' logs at WARNING" in why.what


# --- a record is lost


def test_a_record_that_arrives(capture: Capture) -> None:
    for logger in (ROOT, PARENT, CHILD):
        assert why_lost(logger, logging.ERROR, capture) is None
        assert try_out(logger, logging.ERROR, capture) is None
    assert try_root(capture) is None
    assert capture.texts == []


def test_no_propagation(capture: Capture) -> None:
    PARENT.propagate = False

    lost = why_lost(CHILD, logging.ERROR, capture)

    assert lost is not None
    assert lost == try_out(CHILD, logging.ERROR, capture)
    assert "'tests_of_canary' has propagate=False" in lost.what
    assert "the logger 'tests_of_canary.child' logs at ERROR" in lost.what
    assert '"tests_of_canary").propagate = True' in lost.remedy


def test_a_capture_below_what_does_not_propagate(capture: Capture) -> None:
    PARENT.propagate = False
    PARENT.addHandler(capture)

    assert try_out(CHILD, logging.ERROR, capture) is None


def test_a_handler_that_is_gone(capture: Capture) -> None:
    ROOT.removeHandler(capture)

    for lost, logs in (
        (
            try_out(CHILD, logging.ERROR, capture),
            "the logger 'tests_of_canary.child' logs at ERROR",
        ),
        (try_root(capture), "the root logger logs at CRITICAL"),
    ):
        assert lost is not None
        assert "handlers are gone" in lost.what
        assert logs in lost.what


def test_a_handlers_level(capture: Capture) -> None:
    capture.setLevel("CRITICAL")

    lost = try_out(CHILD, logging.ERROR, capture)

    assert lost is not None
    assert "was set to CRITICAL" in lost.what
    assert "the logger 'tests_of_canary.child' logs at ERROR" in lost.what
    assert try_out(CHILD, logging.CRITICAL, capture) is None


def test_everything_switched_off(capture: Capture) -> None:
    logging.disable(logging.CRITICAL)

    lost = try_root(capture)

    assert lost is not None
    assert "logging.disable(CRITICAL)" in lost.what


@pytest.mark.parametrize("where", ["logger", "handler"])
def test_a_filter(capture: Capture, where: str) -> None:
    filtered: logging.Filterer = {"logger": CHILD, "handler": capture}[where]
    filtered.addFilter(refuse)

    lost = try_out(CHILD, logging.ERROR, capture)

    assert lost is not None
    assert lost.what.startswith("a filter drops what is logged")
    assert "the logger 'tests_of_canary.child' logs at ERROR" in lost.what
    assert why_lost(CHILD, logging.ERROR, capture) is None


def test_a_filter_that_fails_says_nothing(capture: Capture) -> None:
    CHILD.addFilter(fail)

    assert try_out(CHILD, logging.ERROR, capture) is None


def test_a_filter_sees_a_record_like_any_other(capture: Capture) -> None:
    seen: list[logging.LogRecord] = []
    for filtered in (CHILD, capture):
        filtered.addFilter(lambda record: seen.append(record) or True)  # type: ignore[func-returns-value]

    assert try_out(CHILD, logging.ERROR, capture) is None

    for one in seen:
        assert (one.name, one.levelno, one.filename) == (CHILD.name, logging.ERROR, "canary.py")
        assert (one.lineno, one.args) == (0, ())
        assert one.getMessage().startswith("A canary of pytest-julep-secrets")
    assert len(seen) == 2


# --- nothing happens


def test_no_handler_takes_a_canary_for_a_record(capture: Capture) -> None:
    class Odd(Capture):
        def handle(self, record: logging.LogRecord) -> bool:
            self.emit(record)
            return True

    plain, odd, mock = Capture(), Odd(), MagicMock(level=0)
    CHILD.handlers[:] = [plain, odd, mock, logging.NullHandler()]

    assert try_out(CHILD, logging.ERROR, capture) is None

    assert capture.texts == plain.texts == odd.texts == []
    assert mock.handle.mock_calls == []


class Replaced(Capture):
    """Its `handle` is the object's own."""

    def __init__(self) -> None:
        super().__init__()
        self.handle = MagicMock()  # type: ignore[method-assign]


@pytest.mark.parametrize("logger", [CHILD, PARENT, ROOT])
@pytest.mark.parametrize("make", [Replaced, lambda: MagicMock(level=0)])
def test_where_a_canary_would_meet_another_kind_of_handler_none_is_sent(
    capture: Capture, logger: logging.Logger, make: Callable[[], logging.Handler]
) -> None:
    """So a filter that would drop it is not told."""
    CHILD.addFilter(refuse)
    other = make()
    logger.addHandler(other)

    lost = try_out(CHILD, logging.ERROR, capture)
    logger.removeHandler(other)

    assert lost is None
    assert other.handle.mock_calls == []  # type: ignore[attr-defined]


def test_another_kind_of_handler_where_nothing_propagates_to_is_not_met(capture: Capture) -> None:
    PARENT.addHandler(capture)
    PARENT.propagate = False
    CHILD.addFilter(refuse)
    other = Replaced()
    ROOT.addHandler(other)

    lost = try_out(CHILD, logging.ERROR, capture)
    ROOT.removeHandler(other)

    assert lost is not None
    assert lost.what.startswith("a filter drops what is logged")


def test_what_a_filter_logs_at_a_canary_is_not_emitted(capture: Capture) -> None:
    def speak(_: object) -> bool:
        PARENT.error("a canary")
        return True

    CHILD.addFilter(speak)

    assert try_out(CHILD, logging.ERROR, capture) is None
    assert capture.texts == []


def test_what_other_threads_log_meanwhile_is(capture: Capture) -> None:
    def speak(_: object) -> bool:
        thread = threading.Thread(target=PARENT.error, args=("of another thread",))
        thread.start()
        thread.join()
        return True

    CHILD.addFilter(speak)

    assert try_out(CHILD, logging.ERROR, capture) is None
    assert capture.texts == ["of another thread"]


def test_handling_is_as_before(capture: Capture) -> None:
    original = logging.Handler.handle
    CHILD.addFilter(fail)

    try_out(CHILD, logging.ERROR, capture)

    assert logging.Handler.handle is original
