"""pytest-rerunfailures, if it is there: a leak is not to be tried again until it hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def stop(item: pytest.Item, when: str) -> None:
    """Let a failure be the last word on a test."""
    # Private to pytest-rerunfailures (16.1 to 16.7), which matches only exceptions that a test
    # raised; what a report was failed for afterwards it cannot know.
    errors = getattr(item, "_terminal_errors", None)
    if isinstance(errors, dict):
        errors[when] = True
