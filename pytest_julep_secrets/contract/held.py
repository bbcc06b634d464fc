"""The contract, held to what `--julep-secrets-target` names: the fake, if nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pytest

from pytest_julep_secrets.contract.chosen import Options, chosen, is_own, options_of
from pytest_julep_secrets.contract.holding import Held
from pytest_julep_secrets.contract.suite import SecretsContract
from pytest_julep_secrets.contract.target import Target
from pytest_julep_secrets.contract.topics.developers import DeveloperPromises
from pytest_julep_secrets.errors import ConfigurationError

# Any will do for a fake: the server's database asks nobody whether a developer exists.
_DEVELOPER: Final = "0195a000-0000-7000-8000-00000000000a"


@pytest.fixture(scope="module")
def target(request: pytest.FixtureRequest) -> Iterator[Target]:
    """Give the target that the options choose."""
    yield from _given(options_of(request.config))


@pytest.fixture(scope="module")
def many(request: pytest.FixtureRequest) -> Iterator[Target]:
    """Give the same for many developers, if it is one of ours."""
    options = options_of(request.config)
    if not is_own(options.name) or options.developer is not None:
        pytest.skip("a server either has many developers or not: see TestSecrets")
    yield from _given(replace(options, developer=_DEVELOPER))


def _given(options: Options) -> Iterator[Target]:
    try:
        with chosen(options) as target:
            yield target
    except ConfigurationError as error:
        pytest.fail(str(error), pytrace=False)


class TestSecrets(SecretsContract):
    """The chosen target."""


class TestDevelopers(DeveloperPromises, Held):
    """The same, for many developers."""

    @pytest.fixture
    def target(self, many: Target) -> Target:
        """Give it in place of the other."""
        return many
