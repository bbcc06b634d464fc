"""Clients of httpx that lead out of this process, and those that do not: only the former ask."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import wraps
from typing import Any

import httpcore
import httpx
import pytest

from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.reach.httpx import _leads_out

AGENTS = "https://api.julep.ai/api/agents"


def test_a_look_up_that_cannot_be_seen_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """As under uvloop, which has a resolver of its own."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [])

    with MockSecrets().expect_violation("hosts") as violation:
        httpx.get(AGENTS)

    assert str(violation.value).startswith(f"'GET {AGENTS}' is not answered by anything")


@pytest.mark.parametrize("kind", [httpx.HTTPTransport, httpx.AsyncHTTPTransport])
def test_a_socket_of_this_machine_is_no_way_out(kind: Callable[..., Any]) -> None:
    assert not _leads_out(kind(uds="/run/api.sock"))
    assert _leads_out(kind())
    assert _leads_out(kind(proxy="http://127.0.0.1:1"))


def test_nor_is_a_mock_that_wears_the_name_of_what_it_stands_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As those of vcrpy do."""

    @wraps(httpcore.ConnectionPool.handle_request)
    def handle_request(_pool: object, _request: httpcore.Request) -> httpcore.Response:
        return httpcore.Response(204)

    monkeypatch.setattr(httpcore.ConnectionPool, "handle_request", handle_request)

    assert httpx.get(AGENTS).status_code == 204
