"""Tests that must fail, each for a reason of its own. The README quotes what pytest shows."""

from __future__ import annotations

import logging

from julep import Julep

from pytest_julep_secrets import MockSecrets

log = logging.getLogger("billing")

VALUE = "sk-fake-1f9c27d4"


def test_a_production_name(mock_secrets: MockSecrets) -> None:
    Julep().secrets.create(name="prod_stripe_key", value=VALUE)


def test_a_violation_that_the_code_swallows(mock_secrets: MockSecrets) -> None:
    try:
        Julep().secrets.create(name="prod_stripe_key", value=VALUE)
    except BaseException:
        log.warning("cannot store the key")


def test_a_value_in_the_log(mock_secrets: MockSecrets) -> None:
    Julep().secrets.create(name="stripe_key", value=VALUE)
    log.warning("stored %s", VALUE)


def test_a_value_in_an_exception(mock_secrets: MockSecrets) -> None:
    Julep().secrets.create(name="stripe_key", value=VALUE)
    raise RuntimeError(f"Stripe refused {VALUE}")
