"""What `MockSecrets` is set up with: each argument read, or refused in a sentence."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from uuid import UUID

from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.fake.clock import Uuid7
from pytest_julep_secrets.sdk import base_of


def read_id_seed(seed: int | None) -> Uuid7:
    """Return what makes ids: always the same ones if there is a seed.

    Raises:
        ConfigurationError: If it is none; likewise of the others here.
    """
    if seed is None:
        return Uuid7()
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise ConfigurationError(
            "The id_seed is not a whole number.\nWrite it like this: id_seed=1"
        )
    return Uuid7(random.Random(seed))  # noqa: S311 - to be known is what they are for


def read_names(names: Collection[str]) -> frozenset[str]:
    """Read names to let in."""
    if isinstance(names, str) or not all(isinstance(name, str) for name in names):
        raise ConfigurationError(
            "allow_names has to be a list of names.\n"
            'Write it like this: allow_names=["prod_like_name"]'
        )
    return frozenset(names)


def read_developer(developer: UUID | str | None) -> UUID | None:
    """Read a developer's id."""
    if developer is None or isinstance(developer, UUID):
        return developer
    try:
        return UUID(developer)
    except (ValueError, AttributeError, TypeError):
        raise ConfigurationError(
            "The developer is not a UUID.\n"
            "Write it like this: developer='0195a000-0000-7000-8000-00000000000a'"
        ) from None


def read_base_urls(urls: Iterable[str]) -> tuple[str, ...]:
    """Read bases."""
    urls = tuple(urls)
    for url in urls:
        try:
            base_of(url)
        except ValueError:
            raise ConfigurationError(
                f"The base URL '{url}' is not an absolute http or https URL.\n"
                "Write it like this: https://julep.example.com/api"
            ) from None
    return urls
