"""The pytest plugin: hooks of a few lines. Loading it imports pytest and the standard library.

What is only needed by tests that use the fake is imported when the first of them asks.
"""

from __future__ import annotations

import sys
from collections.abc import Generator

import pytest

from pytest_julep_secrets.plugin import hosts
from pytest_julep_secrets.plugin.fixtures import (
    _julep_secrets_fake,
    async_julep_client,
    julep_client,
    julep_server,
    mock_secrets,
    secret_leaks,
)
from pytest_julep_secrets.plugin.hooks import Hooks
from pytest_julep_secrets.plugin.options import (
    declare_marker,
    declare_options,
    documented_everywhere,
)
from pytest_julep_secrets.plugin.state import state_of

__all__ = [
    "_julep_secrets_fake",
    "async_julep_client",
    "julep_client",
    "julep_server",
    "mock_secrets",
    "secret_leaks",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    declare_options(parser)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config,
) -> Generator[None, object, object]:
    """Replace real keys, before and after conftests; say in one sentence what those violate."""
    state = state_of(early_config)
    if getattr(early_config.known_args_namespace, "julep_secrets_manifest", None):
        from pytest_julep_secrets.plugin.manifest import Manifest

        state.manifest = Manifest(state)
    hosts.begin(state)
    if early_config.getini("julep_secrets_watch_env"):
        from pytest_julep_secrets.plugin.settings import usage_error
        from pytest_julep_secrets.plugin.watched import watch_environment

        with usage_error():
            watch_environment(early_config, state.get_run().watch)
    if documented_everywhere(early_config):
        state.get_documented().follow()
    state.environment.guard()
    try:
        result = yield
    except BaseException as error:
        state.ends_badly = True
        from pytest_julep_secrets.plugin import outside

        outside.refuse(error)
        if "julep" in sys.modules:
            from pytest_julep_secrets.plugin import hints

            hints.add_note(error, early_config)
        if state.run is not None:
            outside.redact_raised(error, state.run.watch.redact)
        raise
    state.environment.guard()
    if state.run is not None:
        from pytest_julep_secrets.plugin import outside

        outside.refuse_swallowed(state)
    return result


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker, check what is set for the run, and begin."""
    declare_marker(config)
    if (
        config.getoption("julep_secrets")
        or config.getini("julep_secrets")
        or config.getini("julep_secrets_name_patterns")
    ):
        from pytest_julep_secrets.plugin.settings import check_run_wide

        check_run_wide(config)
    state = state_of(config)
    if state.manifest is not None:
        state.manifest.check()
    state.is_configured = True
    state.begin_writers()
    config.pluginmanager.register(Hooks(state), "julep_secrets_hooks")
    if config.pluginmanager.hasplugin("faker"):
        # Last, so that it is above theirs.
        from pytest_julep_secrets.plugin import faker

        config.pluginmanager.register(faker, "julep_secrets_faker")


@pytest.hookimpl(tryfirst=True)
def pytest_internalerror(excinfo: pytest.ExceptionInfo[BaseException]) -> None:
    """Say in one sentence what was violated when pytest was configured."""
    from pytest_julep_secrets.plugin import outside

    outside.explain_internal_error(excinfo.value)
