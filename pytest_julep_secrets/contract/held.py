"""The contract, held to what `--julep-secrets-target` names: the fake, if nothing does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pytest_julep_secrets.contract.chosen import chosen, options_of
from pytest_julep_secrets.contract.suite import SecretsContract
from pytest_julep_secrets.contract.target import Target
from pytest_julep_secrets.errors import ConfigurationError


@pytest.fixture(scope="module")
def target(request: pytest.FixtureRequest) -> Iterator[Target]:
    """Give the target that the options choose."""
    try:
        with chosen(options_of(request.config)) as target:
            yield target
    except ConfigurationError as error:
        pytest.fail(str(error), pytrace=False)


class TestSecrets(SecretsContract):
    """The chosen target."""
