"""The fixtures. One fake a test, which they share; only `mock_secrets` intercepts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from julep import AsyncJulep, Julep

    from pytest_julep_secrets.leaks.assertions import SecretLeaks
    from pytest_julep_secrets.mock import MockSecrets
    from pytest_julep_secrets.reach.served import JulepServer


@pytest.fixture
def _julep_secrets_fake(request: pytest.FixtureRequest) -> MockSecrets:
    """The test's fake, set up by marker and ini, not yet intercepting."""
    from pytest_julep_secrets.mock import MockSecrets
    from pytest_julep_secrets.plugin.settings import (
        base_urls,
        clear_failure,
        read_markers,
        seed_path,
    )
    from pytest_julep_secrets.seed import load_seed

    with clear_failure():
        options = read_markers(request.node)
        path = seed_path(request.config)
        return MockSecrets(
            {**(load_seed(path) if path else {}), **options.seed},
            api_key=options.api_key,
            developer=options.developer,
            exact_headers=options.exact_headers,
            id_seed=options.id_seed,
            base_urls=base_urls(request.config),
        )


@pytest.fixture
def mock_secrets(_julep_secrets_fake: MockSecrets) -> Iterator[MockSecrets]:
    """An in-memory Julep secrets server; every Julep client talks to it during the test.

    create, get, list, update, delete and clear work by name; mock_secrets["x"] is a value;
    mock_secrets.calls tells what your code asked for.
    """
    with _julep_secrets_fake as fake:
        yield fake


@pytest.fixture
def julep_client(
    _julep_secrets_fake: MockSecrets, request: pytest.FixtureRequest
) -> Iterator[Julep]:
    """A real `julep.Julep` on the test's fake, without retries; nothing is patched."""
    from pytest_julep_secrets.plugin.overriding import refuse_foreign_fixture
    from pytest_julep_secrets.plugin.settings import clear_failure

    refuse_foreign_fixture(request)
    with clear_failure():
        from pytest_julep_secrets.reach import julep

        client = julep.client(_julep_secrets_fake.transport, _julep_secrets_fake.api_key)
    with client:
        yield client


@pytest.fixture
def async_julep_client(
    _julep_secrets_fake: MockSecrets, request: pytest.FixtureRequest
) -> AsyncJulep:
    """A real `julep.AsyncJulep` on the test's fake, without retries; nothing is patched."""
    from pytest_julep_secrets.plugin.overriding import refuse_foreign_fixture
    from pytest_julep_secrets.plugin.settings import clear_failure

    refuse_foreign_fixture(request)
    with clear_failure():
        from pytest_julep_secrets.reach import julep

        # Never closed, and nothing to close: its transport holds no connection. A fixture that
        # closed it would have to choose an event loop for its users.
        return julep.async_client(_julep_secrets_fake.transport, _julep_secrets_fake.api_key)


@pytest.fixture
def julep_server(
    _julep_secrets_fake: MockSecrets, request: pytest.FixtureRequest
) -> Iterator[JulepServer]:
    """The test's fake over HTTP, for other processes and languages: its `url`, their `env`.

    subprocess.run([...], env={**os.environ, **julep_server.env}) leads Julep's SDKs there.
    """
    from pytest_julep_secrets.plugin.overriding import refuse_foreign_fixture

    refuse_foreign_fixture(request)
    with _julep_secrets_fake.serve() as server:
        yield server


@pytest.fixture
def secret_leaks(request: pytest.FixtureRequest) -> SecretLeaks:
    """Looks for secrets in text: all that arrived at the test's fake, and those you name.

    secret_leaks.assert_none(caplog) fails if one is in the log; watch(name, value) adds one.
    """
    from pytest_julep_secrets.leaks.assertions import SecretLeaks
    from pytest_julep_secrets.plugin.channels import owners_of
    from pytest_julep_secrets.plugin.proof import prove
    from pytest_julep_secrets.plugin.state import state_of

    state = state_of(request.config)
    watch, item = state.get_run().watch, request.node
    return SecretLeaks(watch, state.owner, lambda: owners_of(item), partial(prove, state, item))
