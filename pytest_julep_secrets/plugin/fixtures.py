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
    """An in-memory Julep secrets server that every Julep client talks to during the test.

    mock_secrets.create(name="stripe_key", value="sk-fake-1") stores a secret for your code, and
    mock_secrets["stripe_key"] is the value that it has left there. get, list, update, delete and
    clear work by name, too; mock_secrets.calls tells what your code has asked for.
    """
    with _julep_secrets_fake as fake:
        yield fake


@pytest.fixture
def julep_client(
    _julep_secrets_fake: MockSecrets, request: pytest.FixtureRequest
) -> Iterator[Julep]:
    """A real julep.Julep client of the test's fake, to hand to your code.

    It retries nothing. Clients that your code builds itself are not led to the fake by this: ask
    for mock_secrets as well.
    """
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
    """A real julep.AsyncJulep client of the test's fake, to hand to your code; needs no closing.

    It retries nothing. Clients that your code builds itself are not led to the fake by this: ask
    for mock_secrets as well.
    """
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
    """The test's fake over HTTP on this machine, for other processes and languages.

    julep_server.url is its address. julep_server.env leads Julep's SDKs there:
    subprocess.run([...], env={**os.environ, **julep_server.env}).
    """
    from pytest_julep_secrets.plugin.overriding import refuse_foreign_fixture

    refuse_foreign_fixture(request)
    with _julep_secrets_fake.serve() as server:
        yield server


@pytest.fixture
def secret_leaks(request: pytest.FixtureRequest) -> SecretLeaks:
    """A search for secrets in any text: those that arrived at the test's fake, or that you name.

    secret_leaks.assert_none(caplog, capsys, page) fails if a value is there; find(...) returns
    what is there; watch("name", value) names another one to look for.
    """
    from pytest_julep_secrets.leaks.assertions import SecretLeaks
    from pytest_julep_secrets.plugin.channels import owners_of
    from pytest_julep_secrets.plugin.proof import prove
    from pytest_julep_secrets.plugin.state import state_of

    state = state_of(request.config)
    watch, item = state.get_run().watch, request.node
    return SecretLeaks(watch, state.owner, lambda: owners_of(item), partial(prove, state, item))
