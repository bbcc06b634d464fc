"""Redaction beside the reports: the terminal, live output, the log file, the cache.

Put out when the first value may be known, taken in when the run ends. What is written before
a value is known is out; files are gone through once more at the end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

from pytest_julep_secrets.plugin.plain import redacted_copy

if TYPE_CHECKING:
    import pytest

Redact = Callable[[str], str]
Undo = Callable[[], None]


def redact_streams(streams: tuple[TextIO, ...], redact: Redact) -> list[Undo]:
    """Begin to redact what is written to streams; returns what ends it.

    Args:
        streams: Standard output and error as they were before pytest began to capture. The
            terminal reporter writes there, and so do `-s` and `capsys.disabled()`.
        redact: Returns a text without values.
    """
    return [step for stream in streams for step in _redact_stream(stream, redact)]


def redact_writers(config: pytest.Config, redact: Redact) -> list[Undo]:
    """Begin to redact what pytest writes to its log file and its cache, once there are any."""
    return [*_redact_log_file(config, redact), *_redact_cache(config, redact)]


def _redact_stream(stream: Any, redact: Redact) -> list[Undo]:
    original = stream.write

    def write(text: Any) -> Any:
        return original(redact(text) if isinstance(text, str) else text)

    try:
        # On the object: others hold on to it, as pytest's terminal writer does.
        stream.write = write
    except AttributeError:
        return []

    def undo() -> None:
        with suppress(AttributeError):
            if stream.write is write:
                del stream.write

    return [undo]


class _RedactingFormatter(logging.Formatter):
    def __init__(self, formatter: logging.Formatter, redact: Redact) -> None:
        super().__init__()
        self._formatter = formatter
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line, redacted."""
        return self._redact(self._formatter.format(record))


def _redact_log_file(config: pytest.Config, redact: Redact) -> list[Undo]:
    # Not pytest's other handlers: what they hold is what tests ask about, and what we look into.
    handler = getattr(config.pluginmanager.get_plugin("logging-plugin"), "log_file_handler", None)
    formatter = getattr(handler, "formatter", None)
    if handler is None or formatter is None:
        return []
    handler.setFormatter(_RedactingFormatter(formatter, redact))
    return [lambda: handler.setFormatter(formatter)]


def _redact_cache(config: pytest.Config, redact: Redact) -> list[Undo]:
    cache: Any = getattr(config, "cache", None)
    if cache is None:
        return []
    original = cache.set

    def store(key: str, value: object) -> None:
        original(key, redacted_copy(value, redact))

    cache.set = store
    return [lambda: vars(cache).pop("set", None)]
