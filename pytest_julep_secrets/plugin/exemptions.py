"""What users allow: by name, used or not, or not at all under `--julep-secrets-strict`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

from pytest_julep_secrets.leaks.finding import Finding
from pytest_julep_secrets.plugin import settings
from pytest_julep_secrets.plugin.options import DOCUMENTED, MARKER, documented_everywhere
from pytest_julep_secrets.plugin.summary import Note

if TYPE_CHECKING:
    import pytest

    from pytest_julep_secrets.plugin.state import State

LOGGERS: Final = "julep_secrets_ignore_loggers"
KEYWORD: Final = "documented_api"

# Options with which some tests are not run, or not to their end.
_PARTIAL: Final = ("lf", "stepwise", "collectonly", "setuponly", "setupplan")


def begin(state: State, item: pytest.Item) -> None:
    """Begin a test that has a marker; fail it if that cannot be used."""
    settings.check_marker(item)
    if settings.documented_api(item.config, item):
        state.get_documented()
    if allowed_in(item):
        # Whether it is needed is to be told, whatever the test does.
        state.get_run()


def allows_name(
    config: pytest.Config, item: pytest.Item | None, name: str, of_fake: Collection[str]
) -> bool:
    """Tell whether a name that looks like production is allowed in a test, or outside of any.

    Args:
        config: Of the run.
        item: The test.
        name: The name.
        of_fake: Names that the fake itself was told to allow.
    """
    if settings.is_strict(config):
        return False
    marked = settings.options_of(item).allow_names if item is not None else set()
    return any(name in names for names in (of_fake, marked, settings.allowed_names(config)))


def allows_leak(config: pytest.Config, item: pytest.Item, finding: Finding) -> bool:
    """Tell whether a secret may show in a test, whichever version of it."""
    if settings.is_strict(config):
        return False
    return secret_of(finding) in settings.options_of(item).allow_leaks


def secret_of(finding: Finding) -> str:
    """Return the name of the secret, whichever version of it was found."""
    return finding.name.partition("#")[0]


def ignored_by(config: pytest.Config, logger: str) -> str | None:
    """Return the exemption by which a logger's lines are ignored: itself, or one above it."""
    ignored = [] if settings.is_strict(config) else settings.ignored_loggers(config)
    return next((above for above in ignored if f"{logger}.".startswith(f"{above}.")), None)


def used(kind: str, name: str) -> Note:
    """Note that an exemption was needed."""
    return Note("used", f"{kind} {name}")


def allowed(config: pytest.Config, kind: str, names: Iterable[str]) -> list[Note]:
    """Note exemptions, needed or not; none where they are ignored."""
    if settings.is_strict(config):
        return []
    return [Note("allowed", f"{kind} {name}") for name in sorted(names)]


def allowed_in(item: pytest.Item) -> list[Note]:
    """Note every exemption that a test has by its markers."""
    if item.get_closest_marker(MARKER) is None:
        return []
    options = settings.options_of(item)
    return [
        *allowed(item.config, "allow_names", options.allow_names),
        *allowed(item.config, "allow_leaks", options.allow_leaks),
        *_opted_in(item.config, item, bool(options.documented_api)),
    ]


def allowed_everywhere(reporter: pytest.TerminalReporter, status: int) -> list[Note]:
    """Note every exemption that ini has, unless a test that was left out may need it.

    Args:
        reporter: Knows what was run.
        status: With which the run ends.
    """
    config, stats = reporter.config, reporter.stats
    stopped = config.getoption("maxfail", 0) and (stats.get("failed") or stats.get("error"))
    partial = any(config.getoption(option, False) for option in _PARTIAL)
    chosen = any("::" in argument or argument.endswith(".py") for argument in config.args)
    # 0 and 1: all was run.
    if status > 1 or stats.get("deselected") or stopped or partial or chosen:
        return []
    return [
        *allowed(config, "allow_names", settings.allowed_names(config)),
        *allowed(config, LOGGERS, settings.ignored_loggers(config)),
        *_opted_in(config, None, documented_everywhere(config)),
    ]


def _opted_in(config: pytest.Config, item: pytest.Item | None, is_on: bool) -> list[Note]:
    counts = is_on and not settings.is_strict(config)
    return [Note("allowed", opt_in(item))] if counts else []


def opt_in(node: pytest.Item | pytest.Collector | None) -> str:
    """Name what decides that the documented surface is there: a marker by its place, or ini."""
    for home, mark in node.iter_markers_with_node(MARKER) if node is not None else ():
        if KEYWORD in mark.kwargs:
            # All parameters of a test have one marker.
            name = getattr(home, "originalname", None)
            parent = home.parent.nodeid if home.parent is not None else ""
            return f"{KEYWORD} of {parent}::{name}" if name else f"{KEYWORD} of {home.nodeid}"
    return f"{DOCUMENTED} = true"
