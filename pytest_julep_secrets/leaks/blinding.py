"""Why a capture could not have seen a leak, and what to do about it."""

from __future__ import annotations

from logging import getLevelName
from typing import Final, NamedTuple


class Blinding(NamedTuple):
    """One reason. Holds names of loggers and streams, never a value.

    Attributes:
        what: Completes "could not have seen a leak: ...".
        remedy: A sentence, ready to paste.
    """

    what: str
    remedy: str


NO_LOGGING: Final = Blinding(
    "the log is not captured, as pytest runs with -p no:logging", "Run it without -p no:logging."
)

NO_CAPTURE: Final = Blinding(
    "stdout and stderr are not captured, as pytest runs with -s (--capture=no)",
    "Run it without -s.",
)

ANOTHER_PHASE: Final = Blinding(
    "caplog holds the log of the teardown alone by now, and the test logged before",
    "Ask in the test itself, or in a fixture that is done when the test begins.",
)

_GET: Final = "logging.getLogger({})"


def switched_off(name: str, level: int, upto: int) -> Blinding:
    """`logging.disable` was in force."""
    return Blinding(
        f"logging.disable({getLevelName(upto)}) is in force, and {logs(name, level)}",
        "Call logging.disable(logging.NOTSET) before the code runs.",
    )


def disabled(name: str, level: int) -> Blinding:
    """The logger's own flag, which dictConfig sets for all it does not know."""
    return Blinding(
        f"{logger(name)} is disabled, and {logs(name, level)}",
        f"Set {get(name)}.disabled = False before the code runs, or tell dictConfig "
        '"disable_existing_loggers": False.',
    )


def below(name: str, level: int, holder: str, least: int) -> Blinding:
    """A logger's level kept it out; `holder` is the logger that has it."""
    where = "" if name == "root" else f', logger="{name}"'
    return Blinding(
        f"{logs(name, level)}, and the level of {logger(holder)} is {getLevelName(least)}",
        f"Call caplog.set_level({argument(level)}{where}) before the code runs.",
    )


def below_handler(name: str, level: int, least: int) -> Blinding:
    """The level of the capture itself, as `caplog.set_level` sets it."""
    return Blinding(
        f"{logs(name, level)}, and the capture was set to {getLevelName(least)} by "
        "caplog.set_level or log_level",
        f"Call caplog.set_level({argument(level)}) before the code runs.",
    )


def kept_apart(name: str, level: int, holder: str) -> Blinding:
    """A logger on the way to the root does not propagate."""
    return Blinding(
        f"{logger(holder)} has propagate=False, and {logs(name, level)}",
        f"Set {get(holder)}.propagate = True in the test, or "
        f"{get(holder)}.addHandler(caplog.handler).",
    )


def taken_away(name: str, level: int) -> Blinding:
    """The capture's handler is nowhere on the way to the root."""
    return Blinding(
        "pytest's handlers are gone from the root logger, as after dictConfig, "
        f"basicConfig(force=True) or root.handlers.clear(), and {logs(name, level)}",
        "Configure logging before the test, at import, or put the handler back: "
        "logging.getLogger().addHandler(caplog.handler).",
    )


def filtered(name: str, level: int) -> Blinding:
    """A filter of the logger or of the capture dropped a canary."""
    return Blinding(
        f"a filter drops what is logged, and {logs(name, level)}",
        f"Take it off in the test: {get(name)}.filters.clear(), caplog.handler.filters.clear().",
    )


def replaced(stream: str) -> Blinding:
    """`sys.stdout` or `sys.stderr` is something that the capture does not hold."""
    return Blinding(
        f"something has replaced sys.{stream}, and what is printed goes there",
        f"Put sys.{stream} back before the code runs, or hand over what it was replaced with.",
    )


def read_before(name: str) -> Blinding:
    """The capture is empty, and what it held had the value of a secret in it."""
    return Blinding(
        f"the capture was read before, and what was read then holds secret '{name}'",
        "Hand over what was read: captured = capsys.readouterr(), "
        "secret_leaks.assert_none(captured).",
    )


def around(library: str) -> Blinding:
    """A library wrote to a stream that nothing handed over captures."""
    if library == "loguru":
        return Blinding(
            "loguru writes to the sys.stderr of its import, which reaches no capture fixture",
            "Lead it to the test: loguru.logger.remove(), "
            'loguru.logger.add(caplog.handler, format="{message}").',
        )
    return Blinding(
        f"{library} does not use the standard library's logging, and prints past this capture",
        "Configure it with logger_factory=structlog.stdlib.LoggerFactory() in the tests, or hand "
        "over capsys too.",
    )


def logs(name: str, level: int) -> str:
    """Say that a logger logs at a level."""
    return f"{logger(name)} logs at {getLevelName(level)}"


def logger(name: str) -> str:
    """Call a logger by its name."""
    return "the root logger" if name == "root" else f"the logger '{name}'"


def argument(level: int) -> str:
    """Write a level as `caplog.set_level` takes it: by its name, if it has one."""
    name = getLevelName(level)
    return str(level) if name == f"Level {level}" else f'"{name}"'


def get(name: str) -> str:
    """Write how to get a logger."""
    return _GET.format("" if name == "root" else f'"{name}"')
