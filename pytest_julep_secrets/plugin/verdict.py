"""How a violation shows in pytest: as a failure with our message and without a traceback."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.errors import Violation


class JulepSecretsViolation(Violation, pytest.fail.Exception):  # type: ignore[name-defined,misc]
    """A violation that pytest shows like `pytest.fail(message, pytrace=False)`."""

    # As pytest does for its own: the summary shows the name alone.
    __module__ = "builtins"

    def __init__(self, check: str, message: str) -> None:
        super().__init__(check, message)
        self.pytrace = False

    def reword(self, message: str) -> None:
        """Say it better, once more is known."""
        super().reword(message)
        self.msg = message
