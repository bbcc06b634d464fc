"""The proof that a test's own question could be answered: its captures have seen what it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pytest_julep_secrets.errors import LeakError
from pytest_julep_secrets.leaks import blinding, canary, streams
from pytest_julep_secrets.leaks.blinding import Blinding
from pytest_julep_secrets.leaks.proof import flat, log_handler, sentences
from pytest_julep_secrets.plugin import settings
from pytest_julep_secrets.plugin.blind import Reading, Sight, sight_of
from pytest_julep_secrets.plugin.channels import owners_of
from pytest_julep_secrets.plugin.summary import Note

if TYPE_CHECKING:
    import logging

    import pytest

    from pytest_julep_secrets.plugin.state import State


def prove(state: State, item: pytest.Item, sources: Sequence[object]) -> None:
    """Make sure that the captures handed over could have seen a leak.

    Raises:
        LeakError: If one could not, and the level of the check "blind" is "error", as it is
            unless somebody says otherwise.
    """
    if state.eyes is not None:
        state.eyes.look_for_libraries()
    level = settings.set_level("blind", state.config, item) or "error"
    found = list(_blindings(state, item, sources)) if level != "off" else []
    if not found:
        return
    text = state.get_run().watch.redact(sentences(found))
    if level == "error":
        raise LeakError(text)
    state.test.notes.append(Note("blind", text.replace("\n", " "), item.nodeid))


def _blindings(state: State, item: pytest.Item, sources: Sequence[object]) -> Iterator[Blinding]:
    sight = sight_of(state)
    logs: list[logging.Handler] = []
    captures: list[Any] = []
    for source in flat(sources):
        handler, reading = log_handler(source), _reading(sight, source)
        if handler is not None:
            logs.append(handler)
        elif reading is not None:
            captures.append(reading.capture)
            yield from _read_before(state, item, sight, reading)
    for handler in logs:
        yield from _lost_logs(sight, handler)
    for capture in {id(capture): capture for capture in captures}.values():
        yield from streams.try_out(capture)
    if logs or captures:
        yield from _written_around(sight, captures)


def _lost_logs(sight: Sight, handler: logging.Handler) -> Iterator[Blinding]:
    if sight.logged_in_call:
        yield blinding.ANOTHER_PHASE
    yield from list(sight.refused.values())
    yield from list(sight.unseen)
    if not sight.used and not sight.refused:
        lost = canary.try_root(handler)
        if lost is not None:
            yield lost
    for logger, level in list(sight.used):
        lost = canary.try_out(logger, level, handler)
        if lost is not None:
            yield lost


def _reading(sight: Sight, source: object) -> Reading | None:
    """Return what was read from a capture fixture, whether it or its result was handed over."""
    if streams.is_capture(source):
        return Reading(streams.peek(source), source)
    return next((one for one in sight.readings if one.result is source), None)


def _read_before(
    state: State, item: pytest.Item, sight: Sight, reading: Reading
) -> Iterator[Blinding]:
    if any(reading.result):
        return
    watch = state.get_run().watch
    for earlier in sight.readings:
        if earlier.result is reading.result:
            return
        for text in earlier.result if earlier.capture is reading.capture else ():
            shown = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
            for hit in watch.find(shown, lambda: owners_of(item)):
                if hit.owned:
                    yield blinding.read_before(hit.label)


def _written_around(sight: Sight, captures: Sequence[object]) -> Iterator[Blinding]:
    for library, stream in list(sight.wrote):
        if not any(streams.is_captured_by(stream, capture) for capture in captures):
            yield blinding.around(library)
