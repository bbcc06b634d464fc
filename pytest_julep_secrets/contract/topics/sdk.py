"""What code sees that uses Julep's SDK, sync and async alike."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from pytest_julep_secrets.contract.caller import UNKNOWN_ID, VALUE, Caller
from pytest_julep_secrets.contract.replies import MASK, unique
from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.reach import julep

if TYPE_CHECKING:
    from julep import AsyncJulep, Julep


class Sdk:
    """The secrets of an SDK's client, sync or async, called alike.

    Args:
        api: Deletes what is made.
        secrets: `client.secrets` of either.
        finish: Waits for what it returns.
    """

    def __init__(self, api: Caller, secrets: Any, finish: Callable[[Any], Any]) -> None:
        self._api = api
        self._secrets = secrets
        self._finish = finish

    def call(self, operation: str, *args: Any, **fields: Any) -> Any:
        """Call an operation and return its result, waited for."""
        result = self._finish(getattr(self._secrets, operation)(*args, **fields))
        if operation == "create":
            self._api.note(result.id)
        return result

    def create(self, **fields: Any) -> Any:
        """Make a secret."""
        return self.call("create", **{**self._api.body(), **fields})


@contextmanager
def connect(api: Caller, kind: str) -> Iterator[Sdk]:
    """Connect an SDK's client, "sync" or "async", with the target."""
    try:
        yield from _sync(api) if kind == "sync" else _async(api)
    except ConfigurationError as error:
        pytest.skip(" ".join(str(error).splitlines()))


def _sync(api: Caller) -> Iterator[Sdk]:
    target = api.target
    client: Julep = julep.connected(target.url, target.http, target.headers)
    yield Sdk(api, client.secrets, lambda result: result)


def _async(api: Caller) -> Iterator[Sdk]:
    target = api.target
    if target.transport is not None and not hasattr(target.transport, "handle_async_request"):
        pytest.skip("the target's transport is not for async clients")
    with asyncio.Runner() as runner:
        http = target.async_http()
        client: AsyncJulep = julep.async_connected(target.url, http, target.headers)

        def finish(result: Awaitable[Any]) -> Any:
            assert inspect.isawaitable(result)
            return runner.run(_wait(result))

        yield Sdk(api, client.secrets, finish)
        runner.run(http.aclose())


async def _wait(result: Awaitable[Any]) -> Any:
    return await result


class SdkPromises:
    """The SDK `julep` 2.x; a wrong shape of an answer is an error there."""

    @pytest.fixture(params=["sync", "async"])
    def sdk(self, request: pytest.FixtureRequest, api: Caller) -> Iterator[Sdk]:
        """Give the SDK, twice."""
        with connect(api, request.param) as connected:
            yield connected

    def test_a_secret_lives(self, api: Caller, sdk: Sdk) -> None:
        """A secret is created, listed, updated and deleted; results are the SDK's own types.

        Source: recordings `sdk-lifecycle`, `sdk-async-lifecycle`.
        """
        made = sdk.create(description="for tests", metadata={"a": 1})
        updated = sdk.call("update", made.id, name=api.name("new"), value=VALUE)
        (listed,) = [one for one in sdk.call("list", limit=100) if one.id == made.id]
        deleted = sdk.call("delete", made.id)

        assert (made.name, made.value, made.description) == (api.name(), MASK, "for tests")
        assert (updated.id, updated.name, updated.metadata) == (made.id, api.name("new"), {"a": 1})
        assert listed == updated
        assert (deleted.id, deleted.jobs) == (made.id, [])
        assert api.own() == []

    def test_times_are_aware(self, sdk: Sdk) -> None:
        """Times are `datetime` with a time zone.

        Source: recording `sdk-lifecycle`.
        """
        made = sdk.create()

        assert made.created_at.tzinfo is not None
        assert made.created_at == made.updated_at

    def test_a_list_is_a_list(self, sdk: Sdk) -> None:
        """A list is a plain list, without `items`; limit and offset cut it.

        Source: recordings `sdk-list-paging`, `sdk-list-none`.
        """
        sdk.create()

        page = sdk.call("list", limit=1, offset=0)

        assert type(page) is list
        assert len(page) == 1
        assert not hasattr(page, "items")

    def test_there_is_no_get(self, sdk: Sdk) -> None:
        """There is no `secrets.get`.

        Source: recordings `sdk-no-get`, `sdk-async-no-get`.
        """
        with pytest.raises(AttributeError):
            sdk.call("get", name="key")

    def test_a_name_in_use(self, sdk: Sdk) -> None:
        """A name in use is a ConflictError, with the API's words.

        Source: recording `sdk-create-duplicate`.
        """
        sdk.create()

        raised = _refused(sdk.create)

        assert type(raised).__name__ == "ConflictError"
        assert raised.body == unique("create")
        assert str(raised) == f"Error code: 409 - {unique('create')}"

    def test_an_update_needs_id_name_and_value(self, api: Caller, sdk: Sdk) -> None:
        """Without an id, a name or a value no request is made, nor with an empty id.

        Source: recordings `sdk-update-missing-args`, `sdk-update-documented-rename`,
        `sdk-update-empty-id`.
        """
        made = sdk.create()

        for args, fields in (((), api.body()), ((made.id,), {"name": made.name})):
            with pytest.raises(TypeError):
                sdk.call("update", *args, **fields)
        with pytest.raises(ValueError, match="non-empty"):
            sdk.call("update", "", **api.body())
        assert [secret["updated_at"] for secret in api.own()] == [api.own()[0]["created_at"]]

    def test_errors(self, api: Caller, sdk: Sdk) -> None:
        """Each refusal is the SDK's own exception.

        Source: recordings `sdk-create-invalid-name`, `sdk-list-negative`,
        `sdk-update-not-found`, `sdk-delete-malformed-id`, `sdk-create-metadata-not-object`.
        """
        body = api.body()
        calls: list[tuple[str, Callable[[], Any]]] = [
            ("BadRequestError", lambda: sdk.create(name=f"{api.name()}-b")),
            ("BadRequestError", lambda: sdk.call("list", limit=-1)),
            ("NotFoundError", lambda: sdk.call("update", UNKNOWN_ID, **body)),
            ("NotFoundError", lambda: sdk.call("delete", UNKNOWN_ID)),
            ("UnprocessableEntityError", lambda: sdk.call("delete", "key")),
            ("UnprocessableEntityError", lambda: sdk.create(metadata=[1])),
        ]

        raised = [(name, type(_refused(call)).__name__) for name, call in calls]

        assert [found for _, found in raised] == [expected for expected, _ in raised]

    def test_what_is_left_out_is_kept(self, api: Caller, sdk: Sdk) -> None:
        """Left out and None, description and metadata are kept.

        Source: recording `sdk-update-keeps`.
        """
        made = sdk.create(description="kept", metadata={"a": 1})

        for fields in ({}, {"description": None, "metadata": None}):
            kept = sdk.call("update", made.id, name=api.name(), value=VALUE, **fields)
            assert (kept.description, kept.metadata) == ("kept", {"a": 1})


def _refused(call: Callable[[], Any]) -> Any:
    with pytest.raises(Exception) as raised:  # noqa: PT011 - which one is what is asked
        call()
    return raised.value
