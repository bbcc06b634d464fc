"""The modules that only the documentation knows."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest
from julep.resources.secrets import AsyncSecretsResource, SecretsResource

from reach.documented.conftest import Told


def test_each_import_and_each_look_is_told(told: Told) -> None:
    from julep.exceptions import (  # type: ignore[import-not-found]
        PermissionDeniedError,
        SecretAlreadyExistsError,
        SecretNotFoundError,
        ValidationError,
    )

    assert set(told) == {"julep.exceptions"}
    told.clear()
    module = import_module("julep.exceptions")
    assert told == []
    assert module.ValidationError is ValidationError
    assert told == ["julep.exceptions"]
    assert sorted(module.__all__) == sorted(
        one.__name__
        for one in (
            PermissionDeniedError, SecretAlreadyExistsError, SecretNotFoundError, ValidationError
        )
    )  # fmt: skip
    with pytest.raises(ImportError, match="NoSuchError"):
        from julep.exceptions import NoSuchError  # noqa: F401


def test_client_has_the_resources(told: Told) -> None:
    client = import_module("julep.client")

    assert (client.Secrets, client.AsyncSecrets) == (SecretsResource, AsyncSecretsResource)
    assert told == ["julep.client"] * 3
    with pytest.raises(ImportError):
        import_module("julep.errors")


def test_without_an_sdk_of_ours_there_is_no_module(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["julep"], "NotFoundError", None)
    monkeypatch.delattr(sys.modules["julep"], "NotFoundError")

    with pytest.raises(ModuleNotFoundError):
        import_module("julep.exceptions")

    assert told == []


def test_the_sdk_may_be_imported_later(pytester: pytest.Pytester) -> None:
    script = """
    import sys
    from pytest_julep_secrets.reach.documented.surface import Surface

    surface = Surface(lambda _: None, lambda: None)
    surface.switch(True)
    assert "julep" not in sys.modules and "httpx" not in sys.modules
    from julep.exceptions import SecretNotFoundError
    import julep
    print(hasattr(julep.Julep(api_key="x").secrets, "get"), SecretNotFoundError.__mro__[1])
    """

    result = pytester.runpython(pytester.makepyfile(script=script))

    result.stdout.fnmatch_lines(["True <class 'julep.NotFoundError'>"])
