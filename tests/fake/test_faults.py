"""Faults: planned failures of the fake, with plain calls."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake.asking import UNKNOWN_ID, ask, create, message, names, parsed
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Delivery, Reply
from pytest_julep_secrets.fake.faults import Faults
from pytest_julep_secrets.fake.gate import Gate
from pytest_julep_secrets.fake.store import Store


def a_create(server: FakeServer, name: str = "k", **options: Any) -> Reply:
    return ask(server, "POST /secrets", {"name": name, "value": "sk-fake-1"}, **options)


# --- a status


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (401, "Unauthorized"),
        (403, "Could not validate API KEY"),
        (404, "No secret found during create"),
        (408, "Request Timeout"),
        (409, "A secret with these unique properties already exists during create"),
        (429, "Too Many Requests"),
        (500, "Internal Server Error"),
        (502, "Bad Gateway"),
        (503, "Service Unavailable"),
        (504, "Gateway Timeout"),
        (599, ""),
    ],
)
def test_a_status_is_answered_with_the_body_that_belongs_to_it(status: int, body: str) -> None:
    server = FakeServer()
    server.faults.add("create", status=status)

    reply = a_create(server)

    assert reply.status == status
    shown = message(reply) if reply.body[:1] == b"{" else reply.body.decode()
    assert shown == body
    assert dict(reply.headers)["content-length"] == str(len(reply.body))


@pytest.mark.parametrize(("status", "key"), [(405, "detail"), (422, "error")])
def test_bodies_of_the_framework(status: int, key: str) -> None:
    server = FakeServer()
    server.faults.add("any", status=status)

    assert key in parsed(a_create(server))


def test_the_reply_is_as_the_servers_own_for_that_status() -> None:
    server = FakeServer()
    create(server)
    own = a_create(server)
    server.faults.add("create", status=409)

    planned = a_create(server)

    assert planned.body == own.body
    assert sorted(name for name, _ in planned.headers) == sorted(name for name, _ in own.headers)


def test_nothing_changes() -> None:
    server = FakeServer()
    made = create(server)
    for operation in ("create", "update", "delete", "list"):
        server.faults.add(operation, status=503)

    statuses = [
        a_create(server, "other").status,
        ask(server, f"PUT /secrets/{made['id']}", {"name": "new", "value": "v"}).status,
        ask(server, f"DELETE /secrets/{made['id']}").status,
        ask(server, "GET /secrets").status,
    ]

    assert statuses == [503] * 4
    assert names(server) == ["k"]


def test_it_comes_before_all_checks_of_the_server() -> None:
    server = FakeServer(api_key="key")
    server.faults.add("create", status=502)

    assert ask(server, "POST /secrets", b"{", headers={"authorization": "no"}).status == 502


# --- what is told otherwise


def test_headers_are_added_and_replace_the_servers() -> None:
    server = FakeServer()
    server.faults.add("list", status=429, headers={"Retry-After": 2, "Server": "nginx"})

    headers = dict(ask(server, "GET /secrets").headers)

    assert (headers["retry-after"], headers["server"]) == ("2", "nginx")
    assert headers["retry-after-ms"] == "1"


def test_a_hint_to_the_sdk_of_the_users_own_stands() -> None:
    server = FakeServer()
    server.faults.add("list", status=429, headers={"retry-after-ms": 70})

    assert dict(ask(server, "GET /secrets").headers)["retry-after-ms"] == "70"


@pytest.mark.parametrize("exact", [True, False])
def test_a_retry_that_the_user_asks_for_does_not_wait_either(exact: bool) -> None:
    server = FakeServer(exact_headers=exact)
    server.faults.add("list", status=404, headers={"x-should-retry": "true"})

    assert ("retry-after-ms" in dict(ask(server, "GET /secrets").headers)) is not exact


def test_exact_headers_leave_the_hint_out() -> None:
    server = FakeServer(exact_headers=True)
    server.faults.add("list", status=503)

    assert "retry-after-ms" not in dict(ask(server, "GET /secrets").headers)


@pytest.mark.parametrize(
    ("body", "sent", "kind"),
    [
        (b"\xff", b"\xff", "application/json"),
        ("[{", b"[{", "application/json"),
        ({"é": 1}, '{"é":1}'.encode(), "application/json"),
        ("<html>", b"<html>", "text/html; charset=utf-8"),
        ("", b"", "application/json"),
    ],
)
def test_a_body_stands_instead_of_the_answers(body: Any, sent: bytes, kind: str) -> None:
    server = FakeServer()
    server.faults.add("create", body=body)

    reply = a_create(server)

    assert (reply.status, reply.body) == (201, sent)
    assert dict(reply.headers)["content-type"] == kind
    assert dict(reply.headers)["content-length"] == str(len(sent))
    assert names(server) == ["k"]


@pytest.mark.parametrize(
    ("plan", "delivery", "status", "stored"),
    [
        ({"drop": "before"}, Delivery(drops=True), None, []),
        ({"drop": "after"}, Delivery(drops=True), None, ["k"]),
        ({"drop": "during", "body": b"123456"}, Delivery(cut_at=3), 201, ["k"]),
        ({"drop": "during", "status": 503}, Delivery(cut_at=9), 503, []),
        ({"delay_s": 2}, Delivery(2), 201, ["k"]),
        ({"delay_s": 2, "drop": "before"}, Delivery(2, drops=True), None, []),
    ],
)
def test_how_a_reply_travels(
    plan: dict[str, Any], delivery: Delivery, status: int | None, stored: list[str]
) -> None:
    server = FakeServer()
    server.faults.add("create", **plan)

    assert a_create(server).delivery == delivery
    assert server.journal[0].status == status
    assert names(server) == stored


def test_with_exact_headers_the_sdk_is_left_to_wait() -> None:
    server = FakeServer(exact_headers=True)
    server.faults.add("create", drop="after")

    assert a_create(server).delivery == Delivery(drops=True, retries_wait=True)


# --- which requests


def test_skip_and_times() -> None:
    server = FakeServer()
    fault = server.faults.add("list", status=503, skip=2, times=2)

    assert [ask(server, "GET /secrets").status for _ in range(6)] == [200, 200, 503, 503, 200, 200]
    assert (fault.seen, fault.fired) == (4, 2)


def test_times_none_is_always_until_it_is_taken_back() -> None:
    server = FakeServer()
    server.faults.add("any", status=503, times=None)
    down = {ask(server, "GET /secrets").status for _ in range(20)}

    server.faults.clear()

    assert down == {503}
    assert ask(server, "GET /secrets").status == 200


def test_of_several_the_first_takes_a_request_and_those_behind_do_not_see_it() -> None:
    server = FakeServer()
    server.faults.add("list", status=503)
    server.faults.add("list", status=429, skip=1)

    assert [ask(server, "GET /secrets").status for _ in range(4)] == [503, 200, 429, 200]


def test_a_name_is_the_one_sent_or_the_one_of_the_id() -> None:
    server = FakeServer()
    made, other = create(server, "a"), create(server, "b")
    server.faults.add("any", status=503, name="a", times=None)
    server.faults.add("update", status=429, name="c")

    def update(secret: Any, name: str) -> int:
        path = f"PUT /secrets/{secret['id'].upper()}"
        return ask(server, path, {"name": name, "value": "v"}).status

    assert [update(made, "x"), update(other, "a"), update(other, "c")] == [503, 503, 429]
    assert update(other, "b") == 200
    assert ask(server, f"DELETE /secrets/{made['id']}").status == 503
    assert ask(server, f"DELETE /secrets/{other['id']}").status == 202
    assert ask(server, f"DELETE /secrets/{UNKNOWN_ID}").status == 404
    assert ask(server, "DELETE /secrets/a").status == 422
    assert ask(server, "GET /secrets").status == 200
    assert [entry.name for entry in server.journal if entry.is_faulty] == ["x", "a", "c", "a"]


def test_each_developer_has_names_of_their_own() -> None:
    one, two = ({"x-developer-id": f"0195a000-0000-7000-8000-00000000000{n}"} for n in "12")
    server = FakeServer(multi_tenant=True)
    made = parsed(a_create(server, headers=one))
    server.faults.add("delete", status=503, name="k")

    assert ask(server, f"DELETE /secrets/{made['id']}", headers=two).status == 404
    assert ask(server, f"DELETE /secrets/{made['id']}", headers=one).status == 503


@pytest.mark.parametrize("request_", ["GET /nothing", "PATCH /secrets", "HEAD /secrets"])
def test_what_the_server_does_not_have_runs_into_no_fault(request_: str) -> None:
    server, plain = FakeServer(), FakeServer()
    server.faults.add("any", status=503, times=None)

    assert ask(server, request_).status == ask(plain, request_).status
    assert not server.journal[0].is_faulty


def test_denied() -> None:
    server = FakeServer()
    made = create(server)
    server.faults.deny("k")

    assert message(a_create(server)) == "Could not validate API KEY"
    assert ask(server, f"DELETE /secrets/{made['id']}").status == 403
    assert a_create(server, "other").status == 201


# --- what is told of it


def test_the_journal_marks_what_a_fault_has_touched() -> None:
    server = FakeServer()
    create(server)
    server.faults.add("create", status=503)
    server.faults.add("list", drop="after")

    a_create(server, "b")
    ask(server, "GET /secrets")

    told = [
        (entry.operation, entry.name, entry.status, entry.is_faulty) for entry in server.journal
    ]
    assert told == [
        ("create", "k", 201, False),
        ("create", "b", 503, True),
        ("list", None, None, True),
    ]


def test_a_fault_is_written_as_a_test_writes_it_without_what_it_answers() -> None:
    faults = Faults()
    plain = faults.add("list", drop="after")
    full = faults.add(
        "create",
        status=429,
        headers={"x-a": "sk-fake-a"},
        body="sk-fake-b",
        delay_s=2,
        name="k",
        skip=1,
        times=None,
    )

    assert str(plain) == "faults.add('list', drop='after')"
    assert str(full) == (
        "faults.add('create', status=429, headers=..., body=..., delay_s=2, name='k', skip=1, "
        "times=None)"
    )
    assert repr(faults.deny("k")) == "<faults.deny('k'): fired 0 times>"
    assert repr(faults) == "<Faults: 3 pending>"


def test_the_gate_is_asked_of_what_a_fault_keeps_out() -> None:
    told: list[object] = []

    class Asked(Gate):
        def arrived(self, name: object, value: object) -> None:
            told.append((name, value))

        def admit(self, name: str, value: str) -> None:
            told.append(("admit", name, value))

        def admit_key(self, key: str) -> None:
            told.append(("key", key))

    server = FakeServer(Store(gate=Asked()))
    server.faults.add("create", drop="before")

    a_create(server, headers={"authorization": "fake"})

    assert {("k", "sk-fake-1"), ("admit", "k", "sk-fake-1"), ("key", "fake")} <= set(told)


# --- what cannot be planned


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({}, "has to do something"),
        ({"status": 200}, "from 400 to 599.\nTo change an answer that is no error, leave"),
        ({"status": "503"}, "from 400 to 599"),
        ({"status": True}, "from 400 to 599"),
        ({"status": 600}, "from 400 to 599"),
        ({"headers": ["a"]}, "headers have to be a mapping"),
        ({"headers": {"a b": "c"}}, "a name that HTTP does not allow"),
        ({"headers": {"a": "sk-fake\nb"}}, "header 'a' has to be a text"),
        ({"headers": {"a": None}}, "header 'a' has to be a text"),
        ({"headers": {"Content-Length": "3"}}, "the header 'content-length'.\nFor an answer that"),
        ({"body": 5}, "bytes, a text, or a dict or list"),
        ({"body": ["sk-fake", object()]}, "bytes, a text, or a dict or list"),
        ({"body": "\ud800"}, "bytes, a text, or a dict or list"),
        ({"delay_s": -1}, "seconds, 0 or more"),
        ({"delay_s": float("nan")}, "seconds, 0 or more"),
        ({"delay_s": "1"}, "seconds, 0 or more"),
        ({"drop": "between"}, "one of 'before', 'during', 'after', or None"),
        ({"drop": []}, "one of 'before', 'during', 'after', or None"),
        ({"drop": "before", "status": 503}, "sends no answer, so it takes no status"),
        ({"drop": "after", "body": ""}, "sends no answer, so it takes no body"),
        ({"drop": "during", "body": ""}, "is empty, so it cannot break off"),
        ({"status": 503, "name": "sk-fake-1"}, "name of a secret"),
        ({"status": 503, "name": 5}, "name of a secret"),
        ({"status": 503, "skip": -1}, "skip has to be a whole number, 0 or more"),
        ({"status": 503, "skip": 1.5}, "skip has to be a whole number, 0 or more"),
        ({"status": 503, "times": 0}, "1 or more, or None for always"),
    ],
)
def test_a_mistake_is_named_and_plans_nothing(arguments: dict[str, Any], says: str) -> None:
    faults = Faults()

    with pytest.raises(ValueError, match="A fault") as caught:
        faults.add("create", **arguments)

    assert says in str(caught.value)
    assert "sk-fake" not in str(caught.value)
    assert faults.pending == []


def test_mistakes_in_operations_and_names() -> None:
    faults = Faults()

    with pytest.raises(TypeError, match=r"'code'\.\nThere are: status, headers, body,"):
        faults.add("list", code=503)  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="'create', 'delete', 'list', 'update', 'any'"):
        faults.add("get", status=503)
    with pytest.raises(ValueError, match="no secret in particular"):
        faults.add("list", status=503, name="k")
    with pytest.raises(ValueError, match="name of a secret"):
        faults.deny(None)  # type: ignore[arg-type]


# --- any plan

PLANS = st.fixed_dictionaries(
    {
        "operation": st.sampled_from(["create", "list", "delete", "any"]),
        "skip": st.integers(0, 3),
        "times": st.integers(1, 3),
        "how": st.sampled_from([{"status": 503}, {"drop": "before"}, {"status": 401}]),
    }
)
REQUESTS = st.lists(st.sampled_from(["create", "list", "delete"]), max_size=20)


def do(server: FakeServer, operation: str, place: int) -> Reply:
    if operation == "create":
        return a_create(server, f"k{place}")
    if operation == "list":
        return ask(server, "GET /secrets")
    return ask(server, f"DELETE /secrets/{UNKNOWN_ID}")


@given(st.lists(PLANS, max_size=4), REQUESTS)
def test_any_plan_fires_as_often_as_planned_and_then_all_is_as_without(
    plans: list[dict[str, Any]], requests: list[str]
) -> None:
    server, plain = FakeServer(), FakeServer()
    faults = [
        server.faults.add(one["operation"], skip=one["skip"], times=one["times"], **one["how"])
        for one in plans
    ]
    expected = [0] * len(plans)
    waiting = [one["skip"] for one in plans]
    for place, operation in enumerate(requests):
        acting = None
        for number, one in enumerate(plans):
            if one["operation"] not in ("any", operation) or expected[number] == one["times"]:
                continue
            if waiting[number]:
                waiting[number] -= 1
                continue
            acting = number
            break
        reply = do(server, operation, place)
        if acting is None:
            assert reply.status == do(plain, operation, place).status
            assert reply.delivery is None
        else:
            expected[acting] += 1
    assert [fault.fired for fault in faults] == expected
    assert sum(entry.is_faulty for entry in server.journal) == sum(expected)
    server.faults.clear()
    assert names(server) == names(plain)
    for operation in ("create", "list", "delete"):
        ours, theirs = do(server, operation, 99), do(plain, operation, 99)
        assert (ours.status, ours.delivery) == (theirs.status, None)
        assert [name for name, _ in ours.headers] == [name for name, _ in theirs.headers]
