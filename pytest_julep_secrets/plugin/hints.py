"""The section of a failed report that says what works instead of a documented call.

Loaded when something fails where the SDK is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_julep_secrets import sdk
from pytest_julep_secrets.guards.verdict import reach
from pytest_julep_secrets.hints import Hint, hint_for
from pytest_julep_secrets.plugin import settings
from pytest_julep_secrets.plugin.options import DOCUMENTED, documented_everywhere
from pytest_julep_secrets.plugin.outcomes import add

if TYPE_CHECKING:
    import pytest


def add_to(
    report: Any, raised: BaseException, config: pytest.Config, item: pytest.Item | None
) -> None:
    """Add the section, if there is anything to say.

    Args:
        report: Of a test or a collector; it has failed.
        raised: Why.
        config: Of the run.
        item: The test; None where a module was collected.
    """
    text = _text(raised, _way_in(config, item, in_call=report.when == "call"))
    if text:
        add(report, text)


def add_note(raised: BaseException, config: pytest.Config) -> None:
    """Say it where there is no report: to what a conftest has raised."""
    text = _text(raised, _way_in(config, None))
    if text:
        # Of what a conftest has raised, pytest shows that alone, without its own error around it.
        (raised.__cause__ or raised).add_note(text)


def _text(raised: BaseException, way_in: str) -> str:
    hints = dict.fromkeys(hint for hint in map(hint_for, reach(raised)) if hint is not None)
    return "\n\n".join(_sentences(hint, way_in) for hint in hints)


def _sentences(hint: Hint, way_in: str) -> str:
    head = f"julep {sdk.version()} has no {hint.missing}. What works: {hint.instead}"
    return "\n".join(filter(None, [head, hint.remark, way_in if hint.can_be_there else ""]))


def _way_in(config: pytest.Config, item: pytest.Item | None, *, in_call: bool = False) -> str:
    """Say how to have it all the same, where that would count."""
    marked = settings.options_of(item).documented_api if item is not None else None
    wanted = documented_everywhere(config) if marked is None else marked
    if settings.is_strict(config) and wanted:
        return "It is not there as documented: --julep-secrets-strict ignores documented_api."
    if wanted and (in_call or documented_everywhere(config)):
        return "With documented_api, as here, it works by name alone, and not by with_raw_response."
    if item is None or wanted:
        # No marker counts for imports, and for fixtures of a wider scope.
        return f"To have it here as documented, in tests only: {DOCUMENTED} = true, in the ini file"
    return (
        "To have it here as documented, in this test only: "
        "@pytest.mark.julep_secrets(documented_api=True)"
    )
