"""The documented calls, put into the real SDK: what they ask of the fake, and what they leave."""

from __future__ import annotations

import asyncio
import inspect
import json
import pickle
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any
from unittest.mock import AsyncMock, create_autospec, patch

import httpx
import julep
import pytest
from julep.resources.secrets import AsyncSecretsResource, SecretsResource

from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.reach.documented.surface import Surface

VALUE = "sk-fake-must-not-be-shown"
SEED: dict[str, Any] = {
    "a": VALUE,
    "b": {"value": "sk-fake-2", "description": "d", "metadata": {"team": "pay", "level": 1}},
}


class Told(list[str]):
    """What was told, and how many errors were made."""

    raised = 0

    def error(self) -> None:
        self.raised += 1


@pytest.fixture
def told() -> Iterator[Told]:
    """The documented surface is there; what was used of it."""
    seen = Told()
    surface = Surface(seen.append, seen.error)
    surface.switch(True)
    yield seen
    surface.switch(False)


@pytest.fixture
def fake() -> Iterator[MockSecrets]:
    with MockSecrets(SEED) as secrets:
        yield secrets


class Waiting:
    """The async client's secrets, called as the others are."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            async def main() -> Any:
                return await getattr(julep.AsyncJulep().secrets, name)(*arguments, **options)

            return asyncio.run(main())

        return call


@pytest.fixture(params=["sync", "async"])
def secrets(request: pytest.FixtureRequest, told: Told, fake: MockSecrets) -> Any:
    """The documented secrets of a client of either kind."""
    del told, fake
    return julep.Julep().secrets if request.param == "sync" else Waiting()


def documented(name: str) -> Any:
    return getattr(import_module("julep.exceptions"), name)


# --- the calls


def test_get_looks_through_the_list(secrets: Any, fake: MockSecrets, told: Told) -> None:
    found = secrets.get(name="a")

    assert (found.name, found.value, type(found)) == ("a", VALUE, julep.types.Secret)
    assert found.id == fake.get(name="a").id
    assert [call.operation for call in fake.calls] == ["list"]
    assert told == ["secrets.get"]


def test_get_gives_the_value_of_that_one_alone(fake: MockSecrets, told: Told) -> None:
    seen: list[Any] = []

    def keep(reply: httpx.Response) -> None:
        seen.append(json.loads(reply.read()))

    client: Any = julep.Julep(http_client=httpx.Client(event_hooks={"response": [keep]}))

    client.secrets.get(name="a")

    assert told
    assert len(fake.calls) == 1
    assert [[one["value"] for one in page] for page in seen] == [["ENCRYPTED", VALUE]]


def test_all_pages_are_asked_for(secrets: Any, fake: MockSecrets) -> None:
    for number in range(248):
        fake.create(name=f"n{number}", value="sk-fake-3", metadata={"odd": number % 2})

    first, *_ = fake
    assert secrets.get(name=first).name == first
    assert len(fake.calls) == 1
    # The oldest is on the third page.
    assert secrets.get(name="a").value == VALUE
    assert len(fake.calls) == 4
    assert len(secrets.list(metadata={"odd": 1})) == 124
    with pytest.raises(documented("SecretNotFoundError")):
        secrets.get(name="none")


def test_a_last_page_that_is_full_is_not_the_last(secrets: Any, fake: MockSecrets) -> None:
    for number in range(98):
        fake.create(name=f"n{number}", value="sk-fake-3")

    with pytest.raises(documented("SecretNotFoundError")):
        secrets.get(name="none")

    assert len(fake.calls) == 2


@pytest.mark.parametrize("count", [100, 200])
def test_what_knows_nothing_of_pages_is_not_asked_for_ever(told: Told, count: int) -> None:
    del told
    page = [{"id": str(number), "name": f"n{number}", "value": "x"} for number in range(count)]
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        # Else it would never end.
        return httpx.Response(200 if len(asked) < 9 else 400, json=page)

    client: Any = julep.Julep(
        api_key="fake", http_client=httpx.Client(transport=httpx.MockTransport(answer))
    )

    with pytest.raises(documented("SecretNotFoundError")):
        client.secrets.get(name="none")
    assert [one.name for one in client.secrets.list(metadata={})] == [
        f"n{number}" for number in range(count)
    ]
    assert len(asked) == 4


def test_update_by_name(secrets: Any, fake: MockSecrets, told: Told) -> None:
    made = secrets.update(name="b", value="sk-fake-new-1", metadata={"only": True})

    kept = fake.get(name="b")
    assert (kept.value, kept.description, kept.metadata) == ("sk-fake-new-1", "d", {"only": True})
    assert (made.id, made.value) == (kept.id, "ENCRYPTED")
    assert [call.operation for call in fake.calls] == ["list", "update"]
    assert told == ["secrets.update(name=)"]


def test_what_is_left_out_of_an_update_is_kept(secrets: Any, fake: MockSecrets) -> None:
    before = fake.get(name="b")
    secrets.update(name="b", description="new", value=None)
    secrets.update(name="b", new_name="c", metadata=julep.NOT_GIVEN)

    kept = fake.get(name="c")
    assert (kept.id, kept.value, kept.metadata) == (before.id, before.value, before.metadata)
    assert kept.description == "new"
    assert "b" not in fake


def test_an_update_to_a_name_that_is_there(secrets: Any) -> None:
    with pytest.raises(documented("SecretAlreadyExistsError"), match="already: 'a'"):
        secrets.update(name="b", new_name="a")


def test_delete_by_name(secrets: Any, fake: MockSecrets, told: Told) -> None:
    secret = fake.get(name="a")

    deleted = secrets.delete(name="a")

    assert list(fake) == ["b"]
    assert deleted.id == secret.id
    assert [call.name for call in fake.calls] == [None, "a"]
    assert told == ["secrets.delete(name=)"]


@pytest.mark.parametrize(
    ("metadata", "names"),
    [
        pytest.param({"team": "pay"}, ["b"], id="one key"),
        pytest.param({"team": "pay", "level": 1}, ["b"], id="two keys"),
        pytest.param({"team": "pay", "level": True}, [], id="True is not 1"),
        pytest.param({"team": None}, [], id="null"),
        pytest.param({}, ["b", "a"], id="no key"),
    ],
)
def test_the_filter_is_that_of_the_fake(
    secrets: Any, fake: MockSecrets, told: Told, metadata: dict[str, object], names: list[str]
) -> None:
    assert [secret.name for secret in secrets.list(metadata=metadata)] == names
    assert [secret.name for secret in fake.list(metadata=metadata)] == names
    assert told == ["secrets.list(metadata=)"]


def test_a_filter_with_a_limit_and_an_offset(secrets: Any, fake: MockSecrets) -> None:
    for number in range(5):
        fake.create(name=f"n{number}", value="sk-fake-3", metadata={"x": 1})

    found = secrets.list(metadata={"x": 1}, limit=2, offset=1)

    assert [secret.name for secret in found] == ["n3", "n2"]
    assert secrets.list(metadata={"x": 1}, limit=0) == []


def test_items(secrets: Any, told: Told) -> None:
    listed = secrets.list()

    before = [*told]
    assert [secret.name for secret in listed.items] == ["b", "a"]
    assert isinstance(listed, list)
    assert listed == [*listed]
    assert before == []
    assert told == ["secrets.list().items"]
    assert [one.name for one in secrets.list(metadata={}).items] == ["b", "a"]
    assert type(pickle.loads(pickle.dumps(listed))) is list  # noqa: S301 - made here


def test_options_go_along(fake: MockSecrets, told: Told) -> None:
    del told
    sent: list[httpx.Request] = []
    client: Any = julep.Julep(http_client=httpx.Client(event_hooks={"request": [sent.append]}))

    client.secrets.update(
        name="a", value="sk-fake-9", timeout=5, extra_headers={"x-trace": "1"},
        extra_body={"description": "x"}, extra_query={"q": "1"},
    )  # fmt: skip

    assert [request.headers["x-trace"] for request in sent] == ["1", "1"]
    assert [request.url.params["q"] for request in sent] == ["1", "1"]
    assert [request.extensions["timeout"]["read"] for request in sent] == [5, 5]
    assert [bool(request.content) for request in sent] == [False, True]
    assert fake.get(name="a").description == "x"


# --- errors


@pytest.mark.parametrize(
    ("call", "name", "code", "base"),
    [
        pytest.param(
            lambda secrets: secrets.get(name="none"),
            "SecretNotFoundError", "not_found", julep.NotFoundError, id="get",
        ),
        pytest.param(
            lambda secrets: secrets.update(name="none", value=VALUE),
            "SecretNotFoundError", "not_found", julep.NotFoundError, id="update",
        ),
        pytest.param(
            lambda secrets: secrets.delete(name="none"),
            "SecretNotFoundError", "not_found", julep.NotFoundError, id="delete",
        ),
        pytest.param(
            lambda secrets: secrets.create(name="a", value=VALUE),
            "SecretAlreadyExistsError", "conflict", julep.ConflictError, id="conflict",
        ),
        pytest.param(
            lambda secrets: secrets.create(name=f"{VALUE} x", value=VALUE),
            "ValidationError", "validation_error", julep.BadRequestError, id="bad name",
        ),
        pytest.param(
            lambda secrets: secrets.create(name="c", value=[VALUE]),
            "ValidationError", "validation_error", julep.UnprocessableEntityError, id="bad type",
        ),
        pytest.param(
            lambda secrets: secrets.get(name=f"{VALUE} x"),
            "ValidationError", "validation_error", julep.BadRequestError, id="get a bad name",
        ),
        pytest.param(
            lambda secrets: secrets.list(metadata=VALUE),
            "ValidationError", "validation_error", julep.BadRequestError, id="bad filter",
        ),
        pytest.param(
            lambda secrets: secrets.list(metadata={"a": object()}),
            "ValidationError", "validation_error", julep.BadRequestError, id="no JSON",
        ),
        pytest.param(
            lambda secrets: secrets.list(metadata={}, limit=-1),
            "ValidationError", "validation_error", julep.BadRequestError, id="negative",
        ),
    ],
)  # fmt: skip
def test_errors(
    secrets: Any,
    told: Told,
    call: Callable[[Any], object],
    name: str,
    code: str,
    base: type[julep.APIStatusError],
) -> None:
    with pytest.raises(documented(name)) as caught:
        call(secrets)

    error: Any = caught.value
    assert (error.code, error.__module__) == (code, "julep.exceptions")
    assert VALUE not in f"{error} {error!r} {error.message}"
    assert error.status_code == error.response.status_code
    # Nothing shows the SDK's own, which echoes what it was sent.
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    assert isinstance(error, base)
    assert told.raised == 1


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda secrets: secrets.get(name="a"), id="get"),
        pytest.param(lambda secrets: secrets.update(name="a", value="sk-fake-2"), id="update"),
        pytest.param(lambda secrets: secrets.delete(name="a"), id="delete"),
        pytest.param(lambda secrets: secrets.create(name="a", value="sk-fake-2"), id="create"),
    ],
)
def test_a_denied_secret(secrets: Any, fake: MockSecrets, call: Callable[[Any], object]) -> None:
    denied = fake.faults.deny("a")

    with pytest.raises(documented("PermissionDeniedError"), match="'a'") as caught:
        call(secrets)

    assert isinstance(caught.value, julep.PermissionDeniedError)
    assert denied.fired == 1
    assert [(call.name, call.status) for call in fake.calls] == [("a", 403)]
    assert secrets.get(name="b").name == "b"


def test_faults_act_and_what_is_not_documented_stays(secrets: Any, fake: MockSecrets) -> None:
    fake.faults.add("list", status=503, times=None)

    with pytest.raises(julep.InternalServerError) as caught:
        secrets.get(name="a")

    assert type(caught.value) is julep.InternalServerError
    # As often as the SDK tries.
    assert len(fake.calls) == 6


def test_an_answer_that_is_no_list_of_secrets(secrets: Any, fake: MockSecrets) -> None:
    fake.faults.add("list", body="<html>")

    with pytest.raises(AttributeError):
        secrets.get(name="a")


def test_a_server_that_knows_nothing_of_it(told: Told) -> None:
    """As the real one: it hides values, and wants one in each update."""
    del told
    fake = MockSecrets(SEED)
    plain = httpx.MockTransport(lambda request: fake.transport.handle_request(_plain(request)))
    client: Any = julep.Julep(api_key="fake", http_client=httpx.Client(transport=plain))

    assert client.secrets.get(name="a").value == "ENCRYPTED"
    client.secrets.update(name="a", value="sk-fake-2")
    with pytest.raises(documented("ValidationError"), match="real server needs the value"):
        client.secrets.update(name="a", description="x")


def _plain(request: httpx.Request) -> httpx.Request:
    request.headers.pop("x-julep-secrets-documented", None)
    return request


# --- the SDK's own calls


def test_the_sdks_own_calls_are_its_own(secrets: Any, fake: MockSecrets, told: Told) -> None:
    made = secrets.create(name="c", value="sk-fake-3", description="x")
    changed = secrets.update(made.id, name="c", value="sk-fake-4")
    secrets.update(secret_id=made.id, name="c", value="sk-fake-5")
    page = secrets.list(limit=1, offset=0)
    secrets.delete(made.id)

    assert (made.id, changed.description) == (page[0].id, "x")
    assert [call.operation for call in fake.calls] == [
        "create", "update", "update", "list", "delete"
    ]  # fmt: skip
    assert told == []


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda secrets: secrets.update("id", description="x"), "missing 2 required keyword-only"),
        (lambda secrets: secrets.update("id", name="x", value="x", new_name="y"), "'new_name'"),
        (lambda secrets: secrets.update(), "missing 1 required positional argument: 'secret_id'"),
        (lambda secrets: secrets.delete(), "missing 1 required positional argument: 'secret_id'"),
        (lambda secrets: secrets.get("a"), "positional argument"),
        (lambda secrets: secrets.get(name="a", limit=5), "multiple values"),
        (lambda secrets: secrets.update(name="a", values="b"), "'values'"),
    ],
    ids=["partial", "new name", "update", "delete", "get", "get more", "misspelt"],
)
def test_wrong_arguments_are_type_errors(
    secrets: Any, call: Callable[[Any], object], text: str
) -> None:
    with pytest.raises(TypeError, match=text):
        call(secrets)


def test_its_own_calls_raise_its_own_errors(secrets: Any) -> None:
    with pytest.raises(julep.NotFoundError) as caught:
        secrets.delete("0195a000-0000-7000-8000-00000000000a")

    assert type(caught.value) is julep.NotFoundError


def test_raw_responses_are_left_alone(fake: MockSecrets, told: Told) -> None:
    client = julep.Julep(max_retries=0)

    with pytest.raises(TypeError, match="'secret_id'"):
        client.secrets.with_raw_response.update(name="a", value="b")  # type: ignore[call-arg]
    with pytest.raises(julep.ConflictError) as caught:
        client.secrets.with_raw_response.create(name="a", value="sk-fake-2")
    raw = client.secrets.with_raw_response.list()
    with client.secrets.with_streaming_response.list() as streamed:
        assert len(streamed.parse()) == 2

    assert type(caught.value) is julep.ConflictError
    assert type(raw.parse()) is list
    assert not hasattr(client.secrets.with_raw_response, "get")
    assert told == []
    assert len(fake.calls) == 3


# --- there, and gone


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


# --- the modules


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
