"""What users allow: by name, used or not, or not at all under `--julep-secrets-strict`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

from pytest_julep_secrets.leaks.finding import Finding
from pytest_julep_secrets.plugin import settings
from pytest_julep_secrets.plugin.options import MARKER
from pytest_julep_secrets.plugin.summary import Note

if TYPE_CHECKING:
    import pytest

LOGGERS: Final = "julep_secrets_ignore_loggers"

# Options with which some tests are not run, or not to their end.
_PARTIAL: Final = ("lf", "stepwise", "collectonly", "setuponly", "setupplan")


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
    ]
