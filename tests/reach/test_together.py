"""Everything at once: the fake, respx, pytest-httpx and a real server, in whatever order they
start. Each answers what is its own."""

from __future__ import annotations

from itertools import permutations

import httpx
import julep
import pytest

from reach.conftest import LocalServer

AGENTS = "https://api.julep.ai/api/agents"
USERS = "https://api.julep.ai/api/users"
SECRETS = "https://api.julep.ai/api/secrets"

FIXTURES = ("mock_secrets", "respx_mock", "httpx_mock")


def is_for_httpx_mock(request: httpx.Request) -> bool:
    """Otherwise pytest-httpx refuses what it does not know, also what respx would take."""
    return request.url.path in ("/api/users", "/api/secrets")


@pytest.mark.parametrize("order", list(permutations(FIXTURES)), ids=", ".join)
@pytest.mark.parametrize(
    "_mode",
    [
        pytest.param("httpcore", marks=pytest.mark.respx(assert_all_called=False)),
        pytest.param("httpx", marks=pytest.mark.respx(using="httpx", assert_all_called=False)),
    ],
)
@pytest.mark.httpx_mock(should_mock=is_for_httpx_mock, assert_all_responses_were_requested=False)
def test_each_answers_what_is_its_own(
    order: tuple[str, ...], _mode: str, request: pytest.FixtureRequest, local_server: LocalServer
) -> None:
    started = {name: request.getfixturevalue(name) for name in order}
    router, httpx_mock = started["respx_mock"], started["httpx_mock"]
    agents = router.get(AGENTS).respond(json={"items": []})
    # These two come too late: the fake stands above them.
    late = router.post(SECRETS).respond(500)
    httpx_mock.add_response(url=SECRETS, status_code=500)
    router.route(host="127.0.0.1").pass_through()
    # Where respx stands above pytest-httpx, it has to be told.
    router.get(USERS).pass_through()
    httpx_mock.add_response(url=USERS, json={"items": []})

    client = julep.Julep()
    client.secrets.create(name="stripe_api_key", value="sk-fake-1")
    found = [list(client.agents.list()), list(client.users.list())]
    with httpx.stream("GET", f"{local_server.url}/lines") as reply:
        lines = list(reply.iter_lines())

    assert started["mock_secrets"]["stripe_api_key"] == "sk-fake-1"
    assert found == [[], []]
    assert (agents.call_count, late.call_count) == (1, 0)
    assert [str(seen.url) for seen in httpx_mock.get_requests()] == [USERS]
    assert lines == ["first", "second", "third"]
    assert local_server.requests == ["GET /lines"]
