"""The server as a whole: order of checks, headers, and that anything gets an answer."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from replay_target import server as recorded_server

from fake.asking import UNKNOWN_ID, ask, create, message, names, parsed
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call
from pytest_julep_secrets.fake.store import Store

VALUE = "sk-fake-must-not-be-shown"
KEY = {"authorization": "Bearer replay-key"}
DEVELOPER = "0195a000-0000-7000-8000-00000000000a"
OVER_LIMIT = "0195a000-0000-7000-8000-00000000000c"

ALL_AT_ONCE = (
    "uuid_parsing header.x-developer-id, uuid_parsing path.secret_id, missing name, missing value"
)


# --- which of several mistakes is answered


@pytest.mark.parametrize(
    ("server", "request_", "body", "headers", "answer"),
    [
        pytest.param(
            "multi",
            "POST /nope",
            b"{",
            {"x-developer-id": "nobody"},
            (400, "Invalid developer ID"),
            id="developer before route",
        ),
        pytest.param(
            "single",
            "POST /secrets/",
            b"{",
            {"x-developer-id": OVER_LIMIT},
            (403, "Cost limit exceeded"),
            id="account before route, in a single-tenant server too",
        ),
        pytest.param(
            "single",
            "PATCH /secrets",
            b"{",
            {},
            (405, "Method Not Allowed"),
            id="route before JSON",
        ),
        pytest.param(
            "single", "POST /secrets", b"{", {}, (422, "json_invalid [1]"), id="JSON before key"
        ),
        pytest.param(
            "single",
            "POST /secrets",
            b"\xff",
            {},
            (400, "There was an error parsing the body"),
            id="decoding before key",
        ),
        pytest.param(
            "multi", "GET /secrets", None, {}, (403, "Could not validate API KEY"), id="key first"
        ),
        pytest.param(
            "single",
            "PUT /secrets/nope",
            b"{}",
            {**KEY, "x-developer-id": ""},
            (
                422,
                ALL_AT_ONCE,
            ),
            id="all of header, path and body at once",
        ),
        pytest.param(
            "single",
            f"PUT /secrets/{UNKNOWN_ID}",
            {"name": "k", "value": "v", "metadata": {"a": float("nan")}},
            KEY,
            (400, "Invalid secret data provided during update"),
            id="data before id",
        ),
        pytest.param(
            "single",
            f"PUT /secrets/{UNKNOWN_ID}",
            {"name": "bad-name", "value": "v"},
            KEY,
            (404, "No secret found during update"),
            id="id before name",
        ),
    ],
)
def test_order_of_checks(
    server: str,
    request_: str,
    body: object,
    headers: dict[str, str],
    answer: tuple[int, str],
) -> None:
    reply = ask(recorded_server(server), request_, body, headers=headers)

    assert (reply.status, message(reply)) == answer


def test_a_multi_tenant_server_fails_without_a_developer_before_it_validates() -> None:
    reply = ask(recorded_server("multi"), "POST /secrets", {}, headers=KEY)

    assert (reply.status, reply.body) == (500, b"Internal Server Error")


def test_the_gateway_names_the_developer_where_the_request_does_not() -> None:
    server = FakeServer(multi_tenant=True, developer=UUID(DEVELOPER))
    create(server, "mine")

    assert names(server) == ["mine"]
    assert names(server, headers={"x-developer-id": OVER_LIMIT}) == []


# --- headers


def test_headers_of_every_reply() -> None:
    reply = ask(FakeServer(), "GET /secrets")

    headers = dict(reply.headers)
    assert list(headers) == ["date", "server", "content-length", "content-type"]
    assert headers["content-length"] == "2"
    assert headers["server"] == "uvicorn"
    sent = datetime.strptime(headers["date"], "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - sent).total_seconds()) < 60


@pytest.mark.parametrize("exact", [False, True])
def test_what_the_sdk_sends_again_tells_it_not_to_wait(exact: bool) -> None:
    server = FakeServer(exact_headers=exact)
    create(server)

    conflict = dict(ask(server, "POST /secrets", {"name": "k", "value": "v"}).headers)
    not_found = dict(ask(server, f"DELETE /secrets/{UNKNOWN_ID}").headers)

    assert conflict.get("retry-after-ms") == (None if exact else "1")
    assert "retry-after-ms" not in not_found


def test_head_has_no_body_but_its_length() -> None:
    reply = ask(FakeServer(), "HEAD /secrets")

    assert (reply.status, reply.body) == (405, b"")
    assert dict(reply.headers)["content-length"] == "31"


# --- a fixed reply is not changed by the one who got it


def test_replies_do_not_share_their_headers() -> None:
    server = FakeServer(api_key="k")

    first = ask(server, "GET /secrets")
    second = ask(server, "GET /secrets")

    assert len(first.headers) == len(second.headers)


# --- metadata that cannot be shown


def nested(depth: int) -> dict[str, object]:
    leaf: dict[str, object] = {}
    for _ in range(depth - 1):
        leaf = {"a": leaf}
    return leaf


def test_metadata_255_deep_is_fine() -> None:
    server = FakeServer()

    create(server, metadata=nested(255))

    assert names(server) == ["k"]


def test_deeper_metadata_is_stored_and_spoils_the_list() -> None:
    server = FakeServer()
    reply = ask(server, "POST /secrets", {"name": "k", "value": "v", "metadata": nested(256)})
    create(server, "fine")

    assert reply.status == 500
    assert ask(server, "GET /secrets").status == 500
    # Only where it would have to be shown.
    assert names(server, "limit=1") == ["fine"]


def test_an_answer_that_cannot_be_encoded_is_blamed_on_a_paid_developers_id() -> None:
    body = b'{"name": "k", "value": "v", "metadata": "\\ud800"}'
    server = recorded_server("single")
    paid = {**KEY, "x-developer-id": "0195a000-0000-7000-8000-00000000000d"}

    assert ask(server, "POST /secrets", body, headers=KEY).status == 500
    assert message(ask(server, "POST /secrets", body, headers=paid)) == "Invalid developer ID"


# --- whatever comes in

TEXT = st.text(max_size=20)
LATIN = st.text(st.characters(max_codepoint=255), max_size=20)
PATHS = st.one_of(
    st.just("/secrets"),
    st.just("/secrets/"),
    st.just(f"/secrets/{UNKNOWN_ID}"),
    TEXT.map(lambda text: f"/secrets/{text}"),
    TEXT.map(lambda text: f"/{text}"),
)
FIELDS = st.sampled_from(["name", "value", "description", "metadata", "x"])
ATOMS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT)
JSON = st.recursive(
    ATOMS,
    lambda children: st.lists(children, max_size=3) | st.dictionaries(TEXT, children, max_size=3),
    max_leaves=8,
)
BODIES = st.one_of(
    st.binary(max_size=40),
    st.dictionaries(FIELDS, JSON, max_size=5).map(lambda fields: json.dumps(fields).encode()),
    JSON.map(lambda value: json.dumps(value).encode("utf-16")),
    st.integers(1, 3000).map(
        lambda depth: b'{"metadata":' + b'{"a":' * depth + b"1" + b"}" * depth
    ),
    st.integers(4295, 4305).map(lambda digits: b'{"x":' + b"9" * digits + b"}"),
)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "authorization",
            "x-auth-key",
            "x-developer-id",
            "content-type",
            "origin",
            "cookie",
            "access-control-request-method",
            "x-stainless-retry-count",
        ]
    ),
    st.one_of(
        LATIN,
        st.sampled_from(
            [
                "Bearer replay-key",
                "replay-key",
                DEVELOPER,
                OVER_LIMIT,
                f"{{{DEVELOPER}}}",
                "application/json",
                "text/plain",
                "application/vnd.api+json; charset=utf-8",
                "POST",
                "3",
            ]
        ),
    ),
    max_size=5,
)
METHODS = st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "get", ""])
STATUSES = {200, 201, 202, 307, 400, 403, 404, 405, 409, 422, 500}


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(["single", "multi", "xauth"]), METHODS, PATHS, TEXT, HEADERS, BODIES)
@example("single", "POST", "/secrets", "", {}, b"[" * 100_000)
@example("single", "POST", "/secrets", "", {}, b'"' + b"\\" * 99_999)
@example("single", "GET", "/secrets", "limit=" + "9" * 5000, KEY, b"")
@example("single", "DELETE", "/secrets/{\ud800}", "", KEY, b"")
def test_anything_gets_an_answer(
    name: str, method: str, path: str, query: str, headers: dict[str, str], body: bytes
) -> None:
    server = recorded_server(name)

    reply = server.answer(Call(method, path, query, headers, body))

    assert reply.status in STATUSES
    kind = dict(reply.headers).get("content-type")
    if kind == "application/json" and method != "HEAD":
        json.loads(reply.body)
    elif kind == "text/plain; charset=utf-8":
        assert reply.body in (b"", b"OK", b"Disallowed CORS method", b"Internal Server Error")
    else:
        assert reply.body == b""


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["POST", "PUT", "GET", "DELETE", "PATCH"]),
            st.dictionaries(
                st.sampled_from(["name", "description", "metadata"]),
                st.one_of(st.just("k"), st.just("other"), JSON),
            ),
        ),
        max_size=6,
    )
)
def test_no_reply_shows_a_value_but_one_that_echoes_a_wrong_body(
    requests: list[tuple[str, dict[str, object]]],
) -> None:
    server = FakeServer()
    secret = create(server, value=VALUE)

    for method, fields in requests:
        path = "/secrets" if method in ("POST", "GET") else f"/secrets/{secret['id']}"
        reply = ask(server, f"{method} {path}", {**fields, "value": VALUE})
        missing = method in ("POST", "PUT") and "name" not in fields
        assert (VALUE in reply.body.decode()) == missing


# --- many at once


def in_parallel(count: int, server: FakeServer, calls: list[Call]) -> dict[int, int]:
    with ThreadPoolExecutor(count) as pool:
        statuses = [reply.status for reply in pool.map(server.answer, calls)]
    return {status: statuses.count(status) for status in set(statuses)}


def post(name: str) -> Call:
    return Call("POST", "/secrets", body=json.dumps({"name": name, "value": "v"}).encode())


def test_of_50_parallel_creates_of_one_name_one_wins() -> None:
    server = FakeServer()

    assert in_parallel(50, server, [post("k")] * 50) == {201: 1, 409: 49}
    assert names(server) == ["k"]


def test_of_20_parallel_deletes_one_wins() -> None:
    server = FakeServer()
    secret = create(server)

    calls = [Call("DELETE", f"/secrets/{secret['id']}")] * 20

    assert in_parallel(20, server, calls) == {202: 1, 404: 19}


def test_of_10_parallel_renames_to_one_name_one_wins() -> None:
    server = FakeServer()
    ids = [create(server, f"k{number}")["id"] for number in range(10)]
    body = json.dumps({"name": "wanted", "value": "v"}).encode()

    calls = [Call("PUT", f"/secrets/{id_}", body=body) for id_ in ids]

    assert in_parallel(10, server, calls) == {200: 1, 409: 9}
    assert names(server).count("wanted") == 1


def test_no_parallel_create_is_lost_and_no_two_are_made_at_the_same_time() -> None:
    server = FakeServer()

    in_parallel(8, server, [post(f"k{number}") for number in range(400)])

    listed = parsed(ask(server, "GET /secrets", query="limit=1000"))
    times = [secret["created_at"] for secret in listed]
    assert len(listed) == len(set(times)) == 400
    assert times == sorted(times, reverse=True)


# --- the journal


def test_what_the_journal_keeps() -> None:
    server = FakeServer()
    secret = create(server)
    again = {"x-stainless-retry-count": "2"}
    ask(server, "POST /secrets", {"name": "k", "value": VALUE}, headers=again)
    ask(server, "POST /secrets", {"name": VALUE, "value": "k"})
    ask(server, f"DELETE /secrets/{VALUE}")
    ask(server, f"DELETE /secrets/{secret['id']}")
    ask(server, "PATCH /secrets")
    ask(server, "GET /secrets")

    kept = [
        (entry.operation, entry.name, entry.id, entry.status, entry.attempt)
        for entry in server.journal
    ]
    assert kept == [
        ("create", "k", secret["id"], 201, 1),
        ("create", "k", None, 409, 3),
        # Perhaps a value in the place of the name, or of the id.
        ("create", None, None, 400, 1),
        ("delete", None, None, 422, 1),
        ("delete", "k", secret["id"], 202, 1),
        (None, None, None, 405, 1),
        ("list", None, None, 200, 1),
    ]
    assert VALUE not in repr(server.journal)


def test_the_store_can_be_given() -> None:
    store = Store()

    create(FakeServer(store))

    assert names(FakeServer(store)) == ["k"]
