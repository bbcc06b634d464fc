"""The documented calls: what they ask of the fake; and the SDK's own, which stay as they are."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from typing import Any

import httpx
import julep
import pytest

from pytest_julep_secrets import MockSecrets
from reach.documented.conftest import VALUE, Told, documented


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
