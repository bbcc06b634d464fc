"""What users allow: by name, used or not, or not at all under `--julep-secrets-strict`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_julep_secrets.leaks.finding import Finding
from pytest_julep_secrets.plugin import settings
from pytest_julep_secrets.plugin.options import MARKER
from pytest_julep_secrets.plugin.summary import Note

if TYPE_CHECKING:
    import pytest


def allows_name(config: pytest.Config, item: pytest.Item | None, name: str) -> bool:
    """Tell whether a name that looks like production is allowed in a test, or outside of any."""
    if settings.is_strict(config):
        return False
    marked = settings.options_of(item).allow_names if item is not None else set()
    return name in marked or name in settings.allowed_names(config)


def allows_leak(config: pytest.Config, item: pytest.Item, finding: Finding) -> bool:
    """Tell whether a secret may show in a test, whichever version of it."""
    if settings.is_strict(config):
        return False
    return secret_of(finding) in settings.options_of(item).allow_leaks


def secret_of(finding: Finding) -> str:
    """Return the name of the secret, whichever version of it was found."""
    return finding.name.partition("#")[0]


def ignores_logger(config: pytest.Config, name: str) -> bool:
    """Tell whether what a logger writes is ignored."""
    return not settings.is_strict(config) and settings.ignores_logger(config, name)


def used(kind: str, name: str) -> Note:
    """Note that an exemption was needed."""
    return Note("used", f"{kind} {name}")


def allowed(item: pytest.Item) -> list[Note]:
    """Note every exemption that a test has by its markers."""
    names: list[tuple[str, str]] = []
    if item.get_closest_marker(MARKER) is not None:
        options = settings.options_of(item)
        names += [("allow_names", name) for name in sorted(options.allow_names)]
        names += [("allow_leaks", name) for name in sorted(options.allow_leaks)]
    return [Note("allowed", f"{kind} {name}") for kind, name in names]


def allowed_everywhere(config: pytest.Config) -> list[Note]:
    """Note every exemption that ini has."""
    return [Note("allowed", f"allow_names {name}") for name in settings.allowed_names(config)]
