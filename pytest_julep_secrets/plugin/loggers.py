"""Which logger wrote a value: the text of a section does not always say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_julep_secrets.leaks.finding import Finding
from pytest_julep_secrets.leaks.watch import Owners, Watch
from pytest_julep_secrets.plugin import exemptions
from pytest_julep_secrets.plugin.state import TestState

if TYPE_CHECKING:
    import pytest


def tell(
    found: list[Finding], item: pytest.Item, watch: Watch, owners: Owners, test: TestState
) -> Iterator[Finding]:
    """Name the loggers in findings of a captured log; leave out those that are ignored."""
    by_label = _loggers(item.config, watch, owners)
    for finding in found:
        names = by_label.get(finding.name.partition("#")[0], [])
        ignored = {name: exemptions.ignored_by(item.config, name) for name in names}
        counted = [name for name, by in ignored.items() if by is None]
        if names and not counted:
            needed = [exemptions.used(exemptions.LOGGERS, by) for by in ignored.values() if by]
            test.notes += needed
        else:
            yield replace(finding, place=f"{finding.place}{_describe(counted)}")


def _describe(names: list[str]) -> str:
    quoted = [f"'{name}'" for name in names]
    return f", from the logger {' and '.join(quoted)}" if quoted else ""


def _loggers(config: pytest.Config, watch: Watch, owners: Owners) -> dict[str, list[str]]:
    """Return the loggers of the phase that has just ended, by the secrets they wrote."""
    # Its handler is private to pytest; without it the finding stands, and names no logger.
    handler: Any = getattr(
        config.pluginmanager.get_plugin("logging-plugin"), "report_handler", None
    )
    by_label: dict[str, list[str]] = {}
    for record in getattr(handler, "records", ()):
        for hit in watch.find(handler.format(record), owners):
            names = by_label.setdefault(hit.label.partition("#")[0], [])
            if record.name not in names:
                names.append(record.name)
    return by_label
