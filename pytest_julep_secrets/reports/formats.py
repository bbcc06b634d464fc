"""The one door: which formats there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from typing import Final

from pytest_julep_secrets.reports.entry import Report

Format = Callable[[Report], Iterator[str]]


def _render(name: str, report: Report) -> Iterator[str]:
    # Loaded when asked for: most runs want one of them.
    lines: Iterator[str] = import_module(f"pytest_julep_secrets.reports.{name}").render(report)
    return lines


FORMATS: Final[Mapping[str, Format]] = {
    name: partial(_render, name) for name in ("text", "json", "sarif", "github", "markdown", "html")
}
"""From a report to its lines, without line ends, by the name of the format."""
