"""The documented surface is there, above a fake with two secrets, for clients of both kinds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import julep
import pytest

from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.reach.documented.surface import Surface

VALUE = "sk-fake-must-not-be-shown"
SEED: dict[str, Any] = {
    "a": VALUE,
    "b": {"value": "sk-fake-2", "description": "d", "metadata": {"team": "pay", "level": 1}},
}


class Told(list[str]):
    """What was told, and how many errors were made."""

    raised = 0

    def error(self) -> None:
        self.raised += 1


@pytest.fixture
def told() -> Iterator[Told]:
    """The documented surface is there; what was used of it."""
    seen = Told()
    surface = Surface(seen.append, seen.error)
    surface.switch(True)
    yield seen
    surface.switch(False)


@pytest.fixture
def fake() -> Iterator[MockSecrets]:
    with MockSecrets(SEED) as secrets:
        yield secrets


class Waiting:
    """The async client's secrets, called as the others are."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            async def main() -> Any:
                return await getattr(julep.AsyncJulep().secrets, name)(*arguments, **options)

            return asyncio.run(main())

        return call


@pytest.fixture(params=["sync", "async"])
def secrets(request: pytest.FixtureRequest, told: Told, fake: MockSecrets) -> Any:
    """The documented secrets of a client of either kind."""
    del told, fake
    return julep.Julep().secrets if request.param == "sync" else Waiting()


def documented(name: str) -> Any:
    return getattr(import_module("julep.exceptions"), name)
