"""Faker's fixture, with our provider. Registered only where Faker's own pytest plugin is.

A fixture of the same name that builds on theirs: who does not ask for it has nothing of this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from faker import Faker


@pytest.fixture
def faker(faker: Faker) -> Faker:
    """Faker's own fixture, which can make up Julep secrets, too.

    faker.julep_secret() is a secret; faker.julep_secret_value("stripe") looks like a key of Stripe.
    """
    from pytest_julep_secrets.faker import JulepSecretsProvider

    # One a locale; and theirs may be the same object in each test.
    for one in faker.factories:
        if one.provider("julep_secrets") is None:
            one.add_provider(JulepSecretsProvider)
    return faker
