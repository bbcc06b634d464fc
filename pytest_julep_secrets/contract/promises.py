"""The promises as a list: what each says, and where it is known from."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_SOURCE: Final = "Source:"


@dataclass(frozen=True, slots=True)
class Promise:
    """One test of the contract.

    Attributes:
        topic: The class that makes it, such as "CreatePromises".
        name: The test's name, without "test_".
        text: What holds.
        source: Where that is known from.
    """

    topic: str
    name: str
    text: str
    source: str


def promises_of(contract: type) -> list[Promise]:
    """List the promises of a contract, in the order of topics and of their files."""
    return [promise for topic in _topics(contract) for promise in _made_by(topic)]


def _topics(contract: type) -> list[type]:
    """The classes that make promises: those a contract is put together of, and itself."""
    return [
        kind
        for kind in reversed(contract.__mro__)
        if any(name.startswith("test_") for name in vars(kind))
    ]


def _made_by(topic: type) -> Iterator[Promise]:
    for name, test in vars(topic).items():
        if name.startswith("test_"):
            text, _, source = (inspect.getdoc(test) or "").partition(_SOURCE)
            yield Promise(
                topic.__name__,
                name.removeprefix("test_"),
                " ".join(text.split()),
                " ".join(source.split()),
            )
