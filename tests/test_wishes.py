"""What a fake grants to documented calls, and to nobody else."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import httpx
import pytest

from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.documented import HEADER
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.fake.rules.fields import Fields
from pytest_julep_secrets.fake.secret import Secret
from pytest_julep_secrets.wishes import granting

ONE, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture
def server() -> FakeServer:
    return FakeServer(multi_tenant=True)


@pytest.fixture
def secret(server: FakeServer) -> Secret:
    server.store.create(OTHER, Fields("a", "sk-fake-other"))
    server.store.create(ONE, Fields("b", "sk-fake-b"))
    return server.store.create(ONE, Fields("a", "sk-fake-é"))


def ask(server: FakeServer, method: str, path: str, wish: str, body: object = None) -> Reply:
    headers = {"x-developer-id": str(ONE)} | ({HEADER: wish} if wish else {})
    sent = json.dumps(body).encode() if body is not None else b""
    return granting(server)(Call(method, path, headers=headers, body=sent))


def values(reply: Reply) -> dict[str, str]:
    assert dict(reply.headers)["content-length"] == str(len(reply.body))
    return {one["name"]: one["value"] for one in json.loads(reply.body)}


@pytest.mark.parametrize(
    ("wish", "shown"),
    [
        ("get a", {"a": "sk-fake-é", "b": "ENCRYPTED"}),
        ("get none", {"a": "ENCRYPTED", "b": "ENCRYPTED"}),
        ("find a", {"a": "ENCRYPTED", "b": "ENCRYPTED"}),
        ("keep", {"a": "ENCRYPTED", "b": "ENCRYPTED"}),
        ("", {"a": "ENCRYPTED", "b": "ENCRYPTED"}),
    ],
)
def test_one_value_is_given_back(
    server: FakeServer, secret: Secret, wish: str, shown: dict[str, str]
) -> None:
    assert secret.name == "a"
    assert values(ask(server, "GET", "/secrets", wish)) == shown


def test_the_value_is_kept(server: FakeServer, secret: Secret) -> None:
    path = f"/secrets/{secret.id}"

    kept = ask(server, "PUT", path, "keep", {"name": "c", "description": "x"})
    given = ask(server, "PUT", path, "keep", {"name": "c", "value": "sk-fake-new"})
    without = ask(server, "PUT", path, "", {"name": "d"})

    assert [kept.status, given.status, without.status] == [200, 200, 422]
    found: Any = server.store.by_id(ONE, secret.id)
    assert (found.name, found.value, found.description) == ("c", "sk-fake-new", "x")
    assert b"sk-fake" not in kept.body + given.body


@pytest.mark.parametrize("of_other", [True, False])
def test_a_secret_that_is_not_there_is_not_there(
    server: FakeServer, secret: Secret, of_other: bool
) -> None:
    theirs = server.store.by_name(OTHER, "a")
    assert theirs is not None
    path = f"/secrets/{theirs.id if of_other else UUID(int=5)}"

    assert ask(server, "PUT", path, "keep", {"name": "c"}).status == 404
    assert server.store.by_name(OTHER, "a") is theirs
    assert secret.value == "sk-fake-é"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"a"', b"[[[" * 5000])
def test_what_is_no_update_is_the_servers_to_refuse(
    server: FakeServer, secret: Secret, body: bytes
) -> None:
    call = Call("PUT", f"/secrets/{secret.id}", headers={HEADER: "keep"}, body=body)
    plain = Call("PUT", f"/secrets/{secret.id}", body=body)

    assert granting(server)(call).status == server.answer(plain).status


def test_over_http_as_well() -> None:
    secrets = MockSecrets({"a": "sk-fake-é"})

    with secrets.serve() as running:
        listed = httpx.get(f"{running.url}/secrets", headers={HEADER: "get a"}).json()
        plain = httpx.get(f"{running.url}/secrets").json()

    assert [listed[0]["value"], plain[0]["value"]] == ["sk-fake-é", "ENCRYPTED"]


def test_of_an_error_nothing_is_changed(server: FakeServer, secret: Secret) -> None:
    server.faults.add("list", status=503, body=[{"name": "a", "id": secret.id, "value": "x"}])

    assert json.loads(ask(server, "GET", "/secrets", "get a").body)[0]["value"] == "x"
