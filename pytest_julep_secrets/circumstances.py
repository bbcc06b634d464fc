"""What a run has to know of what is going on around it: pytest's, or none."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Sequence
from typing import Final, Protocol

from pytest_julep_secrets.errors import Violation
from pytest_julep_secrets.guards.levels import Level


class Circumstances(Protocol):
    """What a run has to know at the moment something happens."""

    def owner(self) -> Hashable:
        """Return who answers for a value that arrives now: a test, a fixture."""

    def level(self, check: str, default: Level | None = None) -> Level:
        """Return how strictly a check is taken now.

        Args:
            check: The check's name.
            default: What counts where nobody has set a level; None for the check's own.
        """

    def may_need(self, names: Collection[str]) -> None:
        """Be told which names a fake allows, as far as they are needed."""

    def allows_name(self, name: str, of_fake: Collection[str]) -> bool:
        """Tell whether a name that looks like production is allowed now, given the fake's own."""

    def warn(self, check: str, message: str) -> None:
        """Be told of what would have been a violation, were its level not "warn"."""

    def violation(self, check: str, message: str, place: str) -> Violation:
        """Make the exception that stops a test."""

    def way_off(self, check: str) -> str:
        """Return how to switch a check off, as the end of a sentence; "" if there is no way."""

    @property
    def name_patterns(self) -> Sequence[re.Pattern[str]]:
        """Names that these match look like production, too."""

    @property
    def remedy(self) -> str:
        """How to allow a name, with {} for it."""

    @property
    def where(self) -> str:
        """Where it happens, such as "in this test"."""

    @property
    def way_out(self) -> str:
        """How to say that real servers are meant; "" where there is no way."""


class Alone:
    """The circumstances of a `MockSecrets` outside of pytest."""

    name_patterns: Final[Sequence[re.Pattern[str]]] = ()
    remedy: str = 'allow it with MockSecrets(allow_names=["{}"])'
    where: Final = "in this test"
    way_out: Final = ""

    def owner(self) -> Hashable:
        """Return the only one there is."""
        return None

    def level(self, check: str, default: Level | None = None) -> Level:  # noqa: ARG002
        """Return the default; there is nowhere to tell of a warning."""
        return "off" if check == "naming" else "error"

    def may_need(self, names: Collection[str]) -> None:
        """Tell nobody."""

    def allows_name(self, name: str, of_fake: Collection[str]) -> bool:
        """Allow what the fake allows."""
        return name in of_fake

    def warn(self, check: str, message: str) -> None:
        """Never asked, as no level is "warn"."""

    def way_off(self, check: str) -> str:  # noqa: ARG002 - the same for all
        """Return none."""
        return ""

    def violation(self, check: str, message: str, place: str) -> Violation:
        """Make a plain one."""
        return Violation(check, message, place)
