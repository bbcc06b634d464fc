"""Test code that keeps secrets in Julep: a fake server, and fixtures that lead your code to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pytest_julep_secrets.errors import (
        ConfigurationError,
        LeakError,
        PermissionDeniedError,
        SecretAlreadyExistsError,
        SecretNotFoundError,
        SecretsError,
        TaskError,
        UnusedFaultError,
        ValidationError,
        Violation,
    )
    from pytest_julep_secrets.fake.secret import Secret
    from pytest_julep_secrets.guards.names import production_reason
    from pytest_julep_secrets.leaks.assertions import SecretLeaks, assert_no_leaks
    from pytest_julep_secrets.leaks.finding import Finding
    from pytest_julep_secrets.migration import assert_migrated
    from pytest_julep_secrets.mock import MockSecrets

__all__ = [
    "ConfigurationError",
    "Finding",
    "LeakError",
    "MockSecrets",
    "PermissionDeniedError",
    "Secret",
    "SecretAlreadyExistsError",
    "SecretLeaks",
    "SecretNotFoundError",
    "SecretsError",
    "TaskError",
    "UnusedFaultError",
    "ValidationError",
    "Violation",
    "assert_migrated",
    "assert_no_leaks",
    "production_reason",
]

_HOMES = {
    "Finding": "leaks.finding",
    "MockSecrets": "mock",
    "Secret": "fake.secret",
    "SecretLeaks": "leaks.assertions",
    "assert_migrated": "migration",
    "assert_no_leaks": "leaks.assertions",
    "production_reason": "guards.names",
}


def __getattr__(name: str) -> Any:
    # On first use: pytest imports this package in every run, also in those that need none of it.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = import_module(f"{__name__}.{_HOMES.get(name, 'errors')}")
    # Not kept here: a run of pytest inside of a test drops the modules that it has loaded, and
    # a class of a dropped module is another class than its successor.
    return getattr(home, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
