"""The contract: what the secrets API promises, as tests that ship.

`pytest --pyargs pytest_julep_secrets.contract` holds the fake to it. To hold a server or a fake of
your own to it, subclass `SecretsContract` and give it a `target`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pytest_julep_secrets.contract.suite import SecretsContract
    from pytest_julep_secrets.contract.target import Target

__all__ = ["SecretsContract", "Target"]

_HOMES = {"SecretsContract": "suite", "Target": "target"}


def __getattr__(name: str) -> Any:
    # On first use: the command sweeps without pytest, and reads the certificate without httpx.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if name == "SecretsContract":
        import pytest

        # A broken promise is shown with what was compared, wherever the package is installed.
        pytest.register_assert_rewrite(f"{__name__}.topics", f"{__name__}.replies")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
