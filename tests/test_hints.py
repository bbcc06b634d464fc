"""Errors of the SDK's for what only the documentation has, and errors that look like them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any
from unittest.mock import patch

import julep
import pytest
from julep.resources.secrets import AsyncSecretsResource, SecretsResource

from pytest_julep_secrets import MockSecrets, hints
from pytest_julep_secrets.hints import Hint, hint_for

SYNC: Any = julep.Julep(api_key="fake", max_retries=0).secrets
ASYNC: Any = julep.AsyncJulep(api_key="fake", max_retries=0).secrets


@pytest.fixture(autouse=True)
def _fake() -> Iterator[None]:
    with MockSecrets({"a": "sk-fake-1"}):
        yield


def hint(call: Callable[[], object]) -> Hint | None:
    try:
        call()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return hint_for(error)
    raise AssertionError


def awaits(call: Callable[[], Any]) -> Callable[[], object]:
    async def main() -> object:
        return await call()

    return lambda: asyncio.run(main())


def items_of_none() -> object:
    secrets = julep.Julep(api_key="fake").secrets.list(limit=0)
    return secrets.items  # type: ignore[attr-defined]


def mock(target: str) -> Callable[[], object]:
    return lambda: patch(target).start()


def replace_get(target: object) -> object:
    with pytest.MonkeyPatch.context() as monkeypatch:
        return monkeypatch.setattr(target, "get", 1)


def import_from_julep(name: str) -> Callable[[], object]:
    return lambda: exec(f"from julep import {name}")  # noqa: S102 - as a module does


KNOWN = {
    "get": (lambda: SYNC.get(name="a"), hints.GET),
    "get of the class": (lambda: getattr(SecretsResource, "get"), hints.GET),  # noqa: B009
    "get of a mock": (mock("julep.resources.secrets.SecretsResource.get"), hints.GET),
    "get of an object's mock": (lambda: patch.object(SYNC, "get").start(), hints.GET),
    "get of monkeypatch": (lambda: replace_get(SYNC), hints.GET),
    "update by name": (lambda: SYNC.update(name="a", value="b"), hints.UPDATE),
    "update by name in part": (lambda: SYNC.update(name="a", metadata={}), hints.UPDATE),
    "update in part": (lambda: SYNC.update("id", description="b"), hints.UPDATE),
    "update without a value": (lambda: SYNC.update("id", name="b"), hints.UPDATE),
    "new_name": (lambda: SYNC.update("id", name="a", value="b", new_name="c"), hints.UPDATE),
    "delete": (lambda: SYNC.delete(name="a"), hints.DELETE),
    "delete nothing": (SYNC.delete, hints.DELETE),
    "raw delete": (lambda: SYNC.with_raw_response.delete(name="a"), hints.DELETE),
    "filter": (lambda: SYNC.list(metadata={}), hints.FILTER),
    "create": (lambda: SYNC.create(name="a", value="b", new_name="c"), hints.CREATE),
    "items": (lambda: SYNC.list().items, hints.ITEMS),
    "items of none": (items_of_none, hints.ITEMS),
    "exceptions": (lambda: import_module("julep.exceptions"), hints.IMPORT_ERRORS),
    "client": (lambda: import_module("julep.client"), hints.IMPORT_CLIENT),
    "the guide's mock": (mock("julep.client.Secrets.get"), hints.IMPORT_CLIENT),
    "julep.client": (lambda: julep.client, hints.IMPORT_CLIENT),  # type: ignore[attr-defined]
    "an error of julep": (import_from_julep("SecretNotFoundError"), hints.IMPORT_ERRORS),
    "exceptions of julep": (import_from_julep("exceptions"), hints.IMPORT_ERRORS),
    "async get": (lambda: ASYNC.get(name="a"), hints.GET.awaited(True)),
    "async get of a mock": (
        mock("julep.resources.secrets.AsyncSecretsResource.get"), hints.GET.awaited(True)
    ),
    "async update": (awaits(lambda: ASYNC.update(name="a", value="b")), hints.UPDATE.awaited(True)),
    "async delete": (awaits(lambda: ASYNC.delete(name="a")), hints.DELETE.awaited(True)),
    "async filter": (awaits(lambda: ASYNC.list(metadata={})), hints.FILTER.awaited(True)),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_not_in_the_sdk(name: str) -> None:
    call, expected = KNOWN[name]

    assert hint(call) == expected


def test_nobody_documents_julep_errors() -> None:
    found = hint(lambda: import_module("julep.errors"))

    assert found is not None
    assert (found.instead, found.can_be_there) == (hints.IMPORT_ERRORS.instead, False)


class Own:
    """Of somebody's own, with names that are the SDK's."""

    def list(self) -> list[object]:
        return []


def own_items() -> object:
    class Client:
        secrets = Own()

    # Not called `julep`, and so nothing of the SDK's.
    return others(Client())


def others(client: Any) -> object:
    return client.secrets.list().items


own_globals: dict[str, object] = {"__name__": "own"}
exec("def items_of(client): return client.secrets.list().items", own_globals)  # noqa: S102


def update(name: str) -> None:
    del name


OTHERS = {
    "get of another object": lambda: object().get,  # type: ignore[attr-defined]
    "another name": lambda: SYNC.fetch,
    "items of a list": lambda: [1].items,  # type: ignore[attr-defined]
    "items of an empty list": lambda: [].items,  # type: ignore[attr-defined]
    "items of another client's list": lambda: own_globals["items_of"](  # type: ignore[operator]
        type("Client", (), {"secrets": Own()})
    ),
    "another attribute of a list of secrets": lambda: SYNC.list().data,
    "a function of that name": lambda: update(new_name="a"),  # type: ignore[call-arg]
    "another argument": lambda: SYNC.list(limits=5),
    "create without a value": lambda: SYNC.create(name="a"),
    "another module": lambda: import_module("julep.agents"),
    "another package": lambda: import_module("julep_exceptions"),
    "another name of julep": import_from_julep("Secrets"),
    "an error of the server": lambda: SYNC.delete("0195a000-0000-7000-8000-00000000000a"),
    "another exception": lambda: {}["get"],  # type: ignore[index]
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_none_of_it(name: str) -> None:
    assert hint(OTHERS[name]) is None


def test_a_package_of_that_name_that_is_no_sdk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "julep", ModuleType("julep"))

    assert hint(lambda: import_module("julep.exceptions")) is None


# --- what works instead, works


def names() -> dict[str, Any]:
    return {"client": julep.Julep(api_key="fake", max_retries=0), "patch": patch}


@pytest.mark.parametrize(
    "found", [hints.GET, hints.UPDATE, hints.DELETE, hints.FILTER, hints.ITEMS]
)
def test_what_works_instead(found: Hint) -> None:
    with MockSecrets({"NAME": "sk-fake-1"}):
        exec(found.instead, names())  # noqa: S102 - as somebody pastes it


@pytest.mark.parametrize("found", [hints.GET, hints.UPDATE, hints.DELETE, hints.FILTER])
def test_what_works_instead_where_it_is_awaited(found: Hint) -> None:
    known = {"client": julep.AsyncJulep(api_key="fake", max_retries=0)}
    exec(f"async def main():\n  {found.awaited(True).instead}", known)  # noqa: S102

    with MockSecrets({"NAME": "sk-fake-1"}):
        asyncio.run(known["main"]())  # type: ignore[operator]


def test_what_else_works_instead() -> None:
    exec(hints.IMPORT_ERRORS.instead)  # noqa: S102
    exec(hints.CREATE.instead, names())  # noqa: S102
    decorator = hints.IMPORT_CLIENT.instead.partition(",")[0]
    exec(f"{decorator}\ndef mocked(mock): return mock\nmocked()", names())  # noqa: S102
    assert AsyncSecretsResource.__name__.startswith("Async")
