"""Routing and cross-origin headers, as the router and middleware of the server have them."""

from __future__ import annotations

import pytest

from fake.asking import UNKNOWN_ID, ask
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call

ORIGIN = {"origin": "http://app.example"}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "get", "TRACE"])
def test_a_method_the_collection_does_not_have(method: str) -> None:
    reply = ask(FakeServer(), f"{method} /secrets")

    assert (reply.status, dict(reply.headers)["allow"]) == (405, "POST")


@pytest.mark.parametrize("method", ["GET", "PATCH", "POST", "HEAD", "OPTIONS"])
def test_a_method_one_secret_does_not_have(method: str) -> None:
    reply = ask(FakeServer(), f"{method} /secrets/any")

    assert (reply.status, dict(reply.headers)["allow"]) == (405, "DELETE")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "",
        "/nope",
        "/Secrets",
        "/api/secrets",
        "//secrets",
        "/secrets/a/b",
        f"/agents/{UNKNOWN_ID}/secrets",
    ],
)
def test_paths_that_are_not_there(path: str) -> None:
    reply = ask(FakeServer(), f"GET {path}")

    assert (reply.status, reply.body) == (404, b'{"detail":"Not Found"}')


@pytest.mark.parametrize(
    ("path", "query", "location"),
    [
        ("/secrets/", "", "http://h:1/secrets"),
        ("/secrets//", "", "http://h:1/secrets"),
        ("/secrets/", "limit=1&a=%20", "http://h:1/secrets?limit=1&a=%20"),
        ("/secrets/a b/", "", "http://h:1/secrets/a%20b"),
        ("/secrets/é/", "", "http://h:1/secrets/%C3%A9"),
    ],
)
def test_a_trailing_slash_redirects(path: str, query: str, location: str) -> None:
    reply = FakeServer().answer(Call("POST", path, query, origin="http://h:1"))

    assert (reply.status, dict(reply.headers)["location"], reply.body) == (307, location, b"")


def test_a_final_newline_is_a_quirk_of_the_routers_regular_expressions() -> None:
    assert ask(FakeServer(), "GET /secrets\n").status == 200


def test_preflight() -> None:
    headers = {**ORIGIN, "access-control-request-method": "POST"}
    asked = {**headers, "access-control-request-headers": "x-anything"}

    allowed = ask(FakeServer(api_key="k"), "OPTIONS /nowhere", headers=asked)
    refused = ask(
        FakeServer(), "OPTIONS /", headers={**headers, "access-control-request-method": "X"}
    )

    assert (allowed.status, allowed.body) == (200, b"OK")
    assert dict(allowed.headers)["access-control-allow-headers"] == "x-anything"
    assert dict(allowed.headers)["access-control-allow-origin"] == ORIGIN["origin"]
    assert (refused.status, refused.body) == (400, b"Disallowed CORS method")
    assert "access-control-allow-headers" not in dict(refused.headers)


@pytest.mark.parametrize(
    "request_", ["GET /secrets", "GET /nope", "PATCH /secrets", "POST /secrets"]
)
def test_a_reply_to_another_origin(request_: str) -> None:
    headers = dict(ask(FakeServer(), request_, headers=ORIGIN).headers)

    assert headers["access-control-allow-origin"] == "*"
    assert headers["access-control-allow-credentials"] == "true"
    assert "vary" not in headers


def test_a_reply_to_another_origin_with_a_cookie() -> None:
    headers = dict(ask(FakeServer(), "GET /secrets", headers={**ORIGIN, "cookie": "a=b"}).headers)

    assert headers["access-control-allow-origin"] == ORIGIN["origin"]
    assert headers["vary"] == "Origin"


def test_an_unhandled_error_has_no_such_headers() -> None:
    server = FakeServer(multi_tenant=True)

    headers = dict(ask(server, "GET /secrets", headers=ORIGIN).headers)

    assert not [name for name in headers if name.startswith("access-control")]


def test_reprs_of_call_and_reply_hold_neither_body_nor_headers() -> None:
    secret = "sk-fake-must-not-be-shown"
    call = Call("POST", "/secrets", secret, {"authorization": secret}, secret.encode())
    reply = ask(FakeServer(), "POST /secrets", secret)

    assert secret not in repr(call)
    assert secret in reply.body.decode()
    assert secret not in repr(reply)
