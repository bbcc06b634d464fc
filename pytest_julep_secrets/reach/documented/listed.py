"""The list that `secrets.list` returns, with the `items` that the documentation gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Self


class SecretList(list[Any]):
    """A list of secrets, as the SDK returns it.

    Args:
        secrets: What is in it.
        told: Called when the documented attribute is used.
    """

    def __init__(self, secrets: Iterable[Any], told: Callable[[], None]) -> None:
        super().__init__(secrets)
        self._told = told

    @property
    def items(self) -> Self:
        """The list itself."""
        self._told()
        return self

    def __reduce__(self) -> tuple[object, ...]:
        # A copy, or what another process gets, is a plain list.
        return list, (list(self),)
