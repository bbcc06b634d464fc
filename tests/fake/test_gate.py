"""Who is told of what arrives, and asked before it is let in."""

from __future__ import annotations

import json
from typing import Any, Final
from uuid import UUID

import pytest
from replay_target import API_KEY
from replay_target import server as recorded_server

from fake.asking import UNKNOWN_ID, ask
from pytest_julep_secrets.errors import Violation
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call
from pytest_julep_secrets.fake.gate import Gate
from pytest_julep_secrets.fake.refusals import InvalidData, NameTaken, TooDeep
from pytest_julep_secrets.fake.rules.fields import Fields
from pytest_julep_secrets.fake.store import Store

VALUE: Final = "sk-fake-must-not-be-shown"
SYSTEM: Final = UUID(int=0)
KEY: Final = {"authorization": f"Bearer {API_KEY}"}
OVER_LIMIT: Final = "0195a000-0000-7000-8000-00000000000c"
BODY: Final = {"name": "key", "value": VALUE}
TOLD: Final = [("key", VALUE)]


class Keeper(Gate):
    """Keeps what it is told and asked; refuses some names, values and keys."""

    def __init__(self, *refused: str) -> None:
        self.told: list[tuple[object, object]] = []
        self.asked: list[str] = []
        self.values: list[str] = []
        self.keys: list[str] = []
        self.refused = refused

    def arrived(self, name: object, value: object) -> None:
        self.told.append((name, value))

    def admit(self, name: str, value: str) -> None:
        self.asked.append(name)
        self.values.append(value)
        if name in self.refused or value in self.refused:
            raise Violation("names", "Refused.")

    def admit_key(self, key: str) -> None:
        self.keys.append(key)
        if key in self.refused:
            raise Violation("credentials", "Refused.")


def server_with(keeper: Keeper, name: str = "single") -> FakeServer:
    """A server that was recorded, with a secret `taken` in it."""
    server = recorded_server(name)
    server.store.create(SYSTEM, Fields("taken", "v"))
    server.store.gate = keeper
    return server


# --- everything that arrives over HTTP is told


def nested(depth: int) -> object:
    leaf: object = {}
    for _ in range(depth):
        leaf = {"a": leaf}
    return leaf


@pytest.mark.parametrize(
    ("request_", "body", "headers", "status", "told"),
    [
        pytest.param("POST /secrets", BODY, KEY, 201, TOLD, id="created"),
        pytest.param(
            "POST /secrets", {"name": "taken", "value": VALUE}, KEY, 409, [("taken", VALUE)],
            id="taken",
        ),
        pytest.param(
            f"PUT /secrets/{UNKNOWN_ID}", BODY, KEY, 404, TOLD, id="update of an unknown id"
        ),
        pytest.param("PUT /secrets/nope", BODY, KEY, 422, TOLD, id="update of no id"),
        pytest.param(
            "POST /secrets", {"name": "bad-name", "value": VALUE}, KEY, 400, [("bad-name", VALUE)],
            id="invalid name",
        ),
        pytest.param(
            "POST /secrets", {"name": VALUE, "value": "key"}, KEY, 400, [(VALUE, "key")],
            id="name and value the other way round",
        ),
        pytest.param(
            "POST /secrets", {"name": "key", "value": [{"a": VALUE}]}, KEY, 422,
            [("key", [{"a": VALUE}])],
            id="value of the wrong type",
        ),
        pytest.param(
            "POST /secrets", {"name": ["key"], "value": VALUE}, KEY, 422, [(["key"], VALUE)],
            id="name of the wrong type",
        ),
        pytest.param("POST /secrets", {"value": VALUE}, KEY, 422, [(None, VALUE)], id="no name"),
        pytest.param("POST /secrets", {"name": "key"}, KEY, 422, [("key", None)], id="no value"),
        pytest.param(
            "POST /secrets", {**BODY, "metadata": [1]}, KEY, 422, TOLD, id="wrong metadata"
        ),
        pytest.param(
            "POST /secrets", {**BODY, "metadata": nested(300)}, KEY, 500, TOLD,
            id="metadata that nests too deep",
        ),
        pytest.param(
            "POST /secrets", {**BODY, "metadata": {"a": float("nan")}}, KEY, 400, TOLD,
            id="what the database cannot store",
        ),
        pytest.param("POST /secrets", BODY, {}, 403, TOLD, id="no key"),
        pytest.param(
            "POST /secrets", BODY, {"authorization": "Bearer x"}, 403, TOLD, id="wrong key"
        ),
        pytest.param(
            "POST /secrets", BODY, {**KEY, "x-developer-id": "x"}, 400, TOLD, id="no developer"
        ),
        pytest.param(
            "POST /secrets", BODY, {**KEY, "x-developer-id": OVER_LIMIT}, 403, TOLD,
            id="account over its limit",
        ),
        pytest.param("PATCH /secrets", BODY, KEY, 405, TOLD, id="method that is not there"),
        pytest.param("POST /secrets/x", BODY, KEY, 405, TOLD, id="method that one does not have"),
        pytest.param("POST /nowhere", BODY, KEY, 404, TOLD, id="path that is not there"),
        pytest.param("POST /secrets/", BODY, KEY, 307, TOLD, id="redirect"),
        pytest.param("GET /secrets", BODY, KEY, 200, TOLD, id="list with a body"),
        pytest.param(
            f"DELETE /secrets/{UNKNOWN_ID}", BODY, KEY, 404, TOLD, id="delete with a body"
        ),
        pytest.param(
            "OPTIONS /secrets",
            BODY,
            {"origin": "http://app.example", "access-control-request-method": "POST"},
            200,
            TOLD,
            id="preflight",
        ),
        pytest.param(
            "POST /secrets", BODY, {**KEY, "content-type": "text/plain"}, 422, TOLD,
            id="not declared as JSON",
        ),
        pytest.param(
            "POST /secrets", BODY, {"content-type": "text/plain"}, 403, TOLD,
            id="neither declared as JSON nor with a key",
        ),
        pytest.param(
            "POST /secrets", json.dumps(BODY).encode("utf-16"), KEY, 201, TOLD, id="UTF-16"
        ),
        pytest.param(
            "POST /secrets", [BODY, {"name": "b", "value": "v"}], KEY, 422, [*TOLD, ("b", "v")],
            id="a list of secrets",
        ),
        pytest.param("POST /secrets", [VALUE], KEY, 422, [(None, VALUE)], id="a list of texts"),
        pytest.param(
            "POST /secrets", [[BODY]], KEY, 422, [(None, [BODY])], id="a list of lists"
        ),
        pytest.param("POST /secrets", json.dumps(VALUE).encode(), KEY, 422, [(None, VALUE)],
            id="a text",
        ),
        pytest.param(
            "POST /secrets", b"name=key&value=sk-fake-must%2Dnot-be-shown",
            {**KEY, "content-type": "application/x-www-form-urlencoded"}, 422, TOLD, id="a form",
        ),
        pytest.param(
            "POST /nowhere", b"name=key&value=sk-fake-must%2Dnot-be-shown", KEY, 404, TOLD,
            id="a form that nobody looks at",
        ),
    ],
)  # fmt: skip
def test_a_value_that_arrives_is_told_once_whatever_is_answered(
    request_: str,
    body: object,
    headers: dict[str, str],
    status: int,
    told: list[tuple[object, object]],
) -> None:
    keeper = Keeper()

    reply = ask(server_with(keeper), request_, body, headers=headers)

    assert reply.status == status
    assert keeper.told == told


def test_so_it_is_where_the_server_crashes() -> None:
    keeper = Keeper()

    reply = ask(server_with(keeper, "multi"), "POST /secrets", BODY, headers=KEY)

    assert (reply.status, keeper.told) == (500, TOLD)


@pytest.mark.parametrize("content_type", ["application/json", "text/plain"])
@pytest.mark.parametrize("request_", ["POST /secrets", "PATCH /secrets", "POST /nowhere"])
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'{"name": "key", "value": "sk-fake', id="cut off"),
        pytest.param(b"\xff\xfe\xff", id="no text"),
        pytest.param(b'"\\ud800', id="half a surrogate, cut off"),
        pytest.param(b'{"value": ' + b"9" * 5000 + b"}", id="too many digits"),
        pytest.param(b"[" * 100_000, id="100,000 brackets"),
        pytest.param(b'{"value":' * 100_000, id="100,000 braces"),
        pytest.param(b"null", id="null"),
        pytest.param(b"5", id="a number"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_what_is_no_object_tells_nothing_and_is_answered(
    body: bytes, request_: str, content_type: str
) -> None:
    keeper = Keeper()

    reply = ask(server_with(keeper), request_, body, headers={**KEY, "content-type": content_type})

    assert reply.status in {400, 404, 405, 422}
    assert keeper.told == []


@pytest.mark.parametrize("depth", [100, 1000, 3000, 100_000])
@pytest.mark.parametrize("request_", ["POST /secrets", "PATCH /secrets"])
def test_however_deep_a_body_nests_it_is_answered(request_: str, depth: int) -> None:
    keeper = Keeper()
    value = b"[" * depth + json.dumps(VALUE).encode() + b"]" * depth

    reply = ask(
        server_with(keeper), request_, b'{"name":"key","value":' + value + b"}", headers=KEY
    )

    assert reply.status in {400, 405, 422, 500}
    assert [name for name, _ in keeper.told] == ["key"] or depth > 900


def test_what_is_told_is_what_was_sent() -> None:
    """The database drops NUL; whoever looks for a value has to know both."""
    keeper = Keeper()

    ask(server_with(keeper), "POST /secrets", {"name": "k\0", "value": "v\0"}, headers=KEY)

    assert keeper.told == [("k\0", "v\0")]
    assert keeper.asked == ["k"]


def test_requests_without_a_body_tell_nothing() -> None:
    keeper = Keeper()
    server = server_with(keeper)

    for request in ("GET /secrets", f"DELETE /secrets/{UNKNOWN_ID}", "POST /secrets"):
        ask(server, request, headers=KEY)

    assert keeper.told == []


# --- before a secret is stored, the gate is asked


@pytest.fixture
def keeper() -> Keeper:
    return Keeper("refused")


@pytest.fixture
def store(keeper: Keeper) -> Store:
    return Store(gate=keeper)


def test_what_the_gate_refuses_is_not_stored(store: Store) -> None:
    made = store.create(SYSTEM, Fields("key", "v"))

    with pytest.raises(Violation):
        store.create(SYSTEM, Fields("refused", "v"))
    with pytest.raises(Violation):
        store.update(SYSTEM, made.id, Fields("refused", "w"))

    assert [secret.name for secret in store.page(SYSTEM, 10, 0)] == ["key"]
    assert store.by_id(SYSTEM, made.id) == made


def test_it_comes_out_of_an_answer_and_is_no_call(store: Store) -> None:
    server = FakeServer(store)

    with pytest.raises(Violation):
        ask(server, "POST /secrets", {"name": "refused", "value": VALUE})

    assert server.journal == []


def test_only_what_stores_a_name_asks(store: Store, keeper: Keeper) -> None:
    made = store.create(SYSTEM, Fields("key", "v"))
    store.update(SYSTEM, made.id, Fields("key", "w"))
    store.update(SYSTEM, made.id, Fields("renamed", "w"))
    store.page(SYSTEM, 10, 0)
    store.restore(store.snapshot())
    store.delete(SYSTEM, made.id)

    assert keeper.asked == ["key", "key", "renamed"]
    assert keeper.told == []


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        (Fields("refused", "\ud800"), InvalidData),
        (Fields("refused\ud800", "v"), InvalidData),
        (Fields("refused", "v", metadata={"a": float("nan")}), InvalidData),
    ],
    ids=["value", "name", "metadata"],
)
def test_what_the_database_cannot_store_is_refused_first(
    store: Store, keeper: Keeper, fields: Fields, error: type[Exception]
) -> None:
    with pytest.raises(error):
        store.create(SYSTEM, fields)

    assert keeper.asked == []


def test_so_is_metadata_that_nests_too_deep(store: Store, keeper: Keeper) -> None:
    metadata: Any = nested(2000)

    with pytest.raises(TooDeep):
        store.create(SYSTEM, Fields("refused", "v", metadata=metadata))

    assert keeper.asked == []


@pytest.mark.parametrize("name", ["refused", "ref\0used"])
def test_before_an_unknown_id_the_gate_is_asked(store: Store, name: str) -> None:
    with pytest.raises(Violation):
        store.update(SYSTEM, UNKNOWN_ID, Fields(name, "v"))


def test_so_it_is_before_a_name_that_is_taken(store: Store, keeper: Keeper) -> None:
    store.create(SYSTEM, Fields("key", "v"))

    with pytest.raises(NameTaken):
        store.create(SYSTEM, Fields("key", "v"))

    assert keeper.asked == ["key", "key"]


def test_a_gate_may_ask_the_store(store: Store) -> None:
    """No transaction is under way then."""

    class Asking(Gate):
        def admit(self, name: str, value: str) -> None:
            assert store.count(SYSTEM) == len(store.page(SYSTEM, 10, 0)) == 0
            store.snapshot()
            del name, value

    store.gate = Asking()

    assert store.create(SYSTEM, Fields("key", "v")).name == "key"


def test_it_is_asked_for_the_value_that_would_be_stored(store: Store, keeper: Keeper) -> None:
    made = store.create(SYSTEM, Fields("key", "v\0"))

    with pytest.raises(Violation):
        store.update(SYSTEM, made.id, Fields("key", "refused"))

    assert keeper.values == ["v", "refused"]
    assert store.by_id(SYSTEM, made.id) == made


# --- before a request is answered, it is asked for the key


@pytest.mark.parametrize(
    "request_", ["GET /secrets", "POST /secrets", f"DELETE /secrets/{UNKNOWN_ID}"]
)
def test_the_gate_is_asked_for_the_key_as_it_was_sent(request_: str) -> None:
    keeper = Keeper("Bearer wrong")
    server = server_with(keeper)

    ask(server, request_, BODY, headers=KEY)
    ask(server, request_, BODY)
    told, journal = len(keeper.told), len(server.journal)
    with pytest.raises(Violation):
        ask(server, request_, BODY, headers={"authorization": "Bearer wrong"})

    assert keeper.keys == [KEY["authorization"], "", "Bearer wrong"]
    assert len(server.journal) == journal
    # What came with it may show all the same.
    assert len(keeper.told) == told + 1 or not request_.startswith("POST")


# --- the default


def test_without_a_gate_of_ones_own_everything_is_let_in() -> None:
    server = FakeServer()

    reply = ask(server, "POST /secrets", {"name": "production_key", "value": VALUE})

    assert reply.status == 201
    assert type(server.store.gate) is Gate


def test_an_answer_to_a_call_without_headers_is_told_too() -> None:
    keeper = Keeper()
    server = FakeServer(Store(gate=keeper))

    server.answer(Call("POST", "/secrets", body=json.dumps(BODY).encode()))

    assert keeper.told == TOLD
