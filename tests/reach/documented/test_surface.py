"""It is there, and gone again; mocks and what somebody has kept do not change that."""

from __future__ import annotations

import asyncio
import inspect
import sys
from functools import partial
from importlib import import_module
from typing import Any
from unittest.mock import AsyncMock, create_autospec, patch

import julep
import pytest
from julep.resources.secrets import AsyncSecretsResource, SecretsResource

from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.reach.documented.surface import Surface
from reach.documented.conftest import Told, documented


def state() -> list[object]:
    classes = [SecretsResource, AsyncSecretsResource]
    return [
        [vars(one).copy() for one in classes],
        sys.meta_path.copy(),
        sorted(name for name in sys.modules if name in ("julep.exceptions", "julep.client")),
        hasattr(julep, "exceptions") or hasattr(julep, "client"),
    ]


def test_it_leaves_nothing(fake: MockSecrets) -> None:
    before = state()
    surface = Surface(lambda _: None, lambda: None)

    for _ in range(2):
        surface.switch(True)
        surface.switch(True)
        assert julep.Julep().secrets.get(name="a").name == "a"  # type: ignore[attr-defined]
        import_module("julep.client")
        documented("ValidationError")
        surface.switch(False)

        assert state() == before
    assert len(fake.calls) == 2


def test_what_somebody_has_kept_works_as_long_as_it_is_there(fake: MockSecrets) -> None:
    surface = Surface(lambda _: None, lambda: None)
    secrets: Any = julep.Julep().secrets
    surface.switch(True)
    get, update, raw = secrets.get, secrets.update, secrets.with_raw_response
    surface.switch(False)

    with pytest.raises(AttributeError, match="no attribute 'get'"):
        get(name="a")
    with pytest.raises(TypeError, match="'secret_id'"):
        update(name="a", value="b")
    assert len(raw.list().parse()) == 2
    assert len(fake.calls) == 1


def test_an_error_is_caught_by_the_class_imported_before(fake: MockSecrets) -> None:
    surface = Surface(lambda _: None, lambda: None)
    surface.switch(True)
    first = documented("SecretNotFoundError")
    surface.switch(False)
    surface.switch(True)

    with pytest.raises(first):
        julep.Julep().secrets.get(name="none")  # type: ignore[attr-defined]

    surface.switch(False)
    assert len(fake.calls) == 1


def test_a_mock_in_its_place_outlives_it(fake: MockSecrets) -> None:
    told: list[str] = []
    surface = Surface(told.append, lambda: None)
    surface.switch(True)
    mocking = patch("julep.client.Secrets.get")
    mocking.start()
    surface.switch(False)
    told.clear()
    mocked = vars(SecretsResource)["get"]
    mocking.stop()

    assert mocked is not vars(SecretsResource).get("get")
    # What the mock has put back is as if it were not there.
    assert not hasattr(SecretsResource, "get")
    with pytest.raises(AttributeError, match="'SecretsResource' object has no attribute 'get'"):
        julep.Julep().secrets.get(name="a")  # type: ignore[attr-defined]
    assert fake.calls == []
    assert told == []
    surface.switch(True)
    assert told == []
    assert julep.Julep().secrets.get(name="a").name == "a"  # type: ignore[attr-defined]
    surface.switch(False)
    assert "get" not in vars(SecretsResource)


def test_the_guides_mock(told: Told) -> None:
    with patch("julep.client.Secrets.get") as get:
        get.return_value = {"api_key": "mock-api-key-123"}
        got = julep.Julep(api_key="x").secrets.get(name="api_key")  # type: ignore[attr-defined]

    assert got == {"api_key": "mock-api-key-123"}
    assert set(told) == {"julep.client", "secrets.get"}


@pytest.mark.parametrize("resource", [SecretsResource, AsyncSecretsResource])
def test_a_mock_of_the_sdks_own_class_is_told(told: Told, resource: type) -> None:
    with patch.object(resource, "get"):
        assert set(told) == {"secrets.get"}


@pytest.mark.parametrize("autospec", ["class", "method"])
def test_mocks_with_autospec_take_what_is_documented(told: Told, autospec: str) -> None:
    def mocked(name: str) -> Any:
        if autospec == "class":
            return getattr(create_autospec(SecretsResource, instance=True), name)
        # Of a function it makes one, bound to no client.
        return partial(create_autospec(vars(SecretsResource)[name]), None)

    mocked("get")(name="a", timeout=5)
    mocked("update")(name="a", description="b")
    mocked("update")("id", name="a", value="b")
    mocked("delete")(name="a")
    mocked("list")(metadata={}, limit=5)
    for name, options in [("get", {}), ("create", {"name": "a"}), ("delete", {"names": "a"})]:
        with pytest.raises(TypeError):
            mocked(name)(**options)
    assert told


def test_a_mock_with_autospec_of_an_async_method_is_async(told: Told) -> None:
    del told
    for name in ("get", "update"):
        with patch.object(AsyncSecretsResource, name, autospec=True, return_value=1):
            mocked = getattr(julep.AsyncJulep(api_key="x").secrets, name)
            assert asyncio.run(mocked(name="a")) == 1


def test_mocks_know_what_is_async(told: Told) -> None:
    with patch("julep.client.AsyncSecrets.get") as get:
        assert isinstance(get, AsyncMock)
    with patch("julep.client.Secrets.get") as get:
        assert not isinstance(get, AsyncMock)
    secrets: Any = julep.Julep(api_key="x").secrets
    with patch.object(secrets, "get"):
        assert told[-1] == "secrets.get"
    assert all(
        inspect.iscoroutinefunction(getattr(AsyncSecretsResource, name))
        for name in ("create", "get", "list", "update", "delete")
    )
    signature = inspect.signature(SecretsResource.update)
    assert "secret_id" in signature.parameters


def test_an_sdk_that_has_it_keeps_it(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    del told
    surface = Surface(lambda _: None, lambda: None)

    def own(_: object) -> str:
        return "its own"

    with monkeypatch.context() as context:
        context.delattr(SecretsResource, "get")
        context.setattr(SecretsResource, "get", own, raising=False)
        surface.switch(True)
        assert julep.Julep(api_key="x").secrets.get() == "its own"  # type: ignore[attr-defined]
        surface.switch(False)
        assert vars(SecretsResource)["get"] is own
