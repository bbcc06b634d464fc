"""A refusal names the request that nothing takes, and nothing that may be a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import julep
import pytest

from pytest_julep_secrets import MockSecrets
from reach.conftest import LocalServer

AGENTS = "https://api.julep.ai/api/agents"

# Behind `/secrets/` the SDK puts what it takes for an id, unescaped.
VALUE = "postgres://fake-user:sk-fake-1f9c27d4@host/db"


def in_userinfo(_: julep.Julep) -> None:
    httpx.get("https://fake-user:sk-fake-1f9c27d4@api.julep.ai/api/agents")


def in_the_fragment(_: julep.Julep) -> None:
    httpx.get(f"{AGENTS}#sk-fake-1f9c27d4")


@pytest.mark.parametrize(
    "send",
    [
        pytest.param(lambda client: client.secrets.delete(VALUE), id="as an id"),
        pytest.param(lambda client: client.secrets.delete(f"a/{VALUE}"), id="behind an id"),
        pytest.param(
            lambda client: client.secrets.update(VALUE, name="a", value="b"), id="of an update"
        ),
        pytest.param(
            lambda client: client.agents.list(extra_query={"token": VALUE}), id="in the query"
        ),
        pytest.param(
            lambda client: client.agents.list(extra_headers={"X-Token": VALUE}), id="in a header"
        ),
        pytest.param(
            lambda client: client.post("/users", body={"token": VALUE}, cast_to=object),
            id="in a body",
        ),
        pytest.param(in_userinfo, id="in userinfo"),
        pytest.param(in_the_fragment, id="in the fragment"),
    ],
)
def test_nothing_that_may_be_a_value_is_told(
    send: Callable[[julep.Julep], object], secrets: MockSecrets
) -> None:
    with secrets.expect_violation("hosts") as caught:
        send(julep.Julep())

    assert "https://api.julep.ai/api/" in str(caught.value)
    for part in ("sk-fake", "fake-user", "host/db", "token"):
        assert part not in f"{caught.value} {caught.value!r}"


@pytest.mark.parametrize("secret_id", [VALUE, f"a/{VALUE}"])
def test_nor_by_the_clients_of_ours(
    secret_id: str, julep_client: julep.Julep, mock_secrets: MockSecrets
) -> None:
    with mock_secrets.expect_violation("hosts") as caught:
        julep_client.secrets.delete(secret_id)

    first, *_ = str(caught.value).splitlines()
    assert first == (
        "'DELETE http://localhost:8080/secrets/...' is not answered by anything in this test."
    )


@pytest.mark.parametrize("path", ["{}", "x/{}/y", "{}/secrets"])
def test_a_value_that_is_known_is_not_told_wherever_it_stands(
    path: str, secrets: MockSecrets
) -> None:
    # No other test's: a value is shown by the name that it had first in the run.
    value = "sk-fake-5e0a94c1"
    secrets.create(name="key", value=value)

    with secrets.expect_violation("hosts") as caught:
        httpx.get(f"{AGENTS}/{path.format(value)}")

    assert value not in f"{caught.value} {caught.value!r}"
    assert f"'GET {AGENTS}/{path.format('REDACTED:key')}'" in str(caught.value)


def test_of_a_redirect_it_names_what_was_refused(
    local_server: LocalServer, mock_secrets: MockSecrets
) -> None:
    with mock_secrets.expect_violation("hosts") as caught:
        httpx.get(f"{local_server.url}/to/{AGENTS}", follow_redirects=True)

    assert "api.julep.ai" in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)
    assert mock_secrets.calls == []


class LogIn(httpx.Auth):
    """Asks for a token before the request itself."""

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
        yield httpx.Request("POST", "https://auth.julep.ai/token")
        yield request


def test_of_a_log_in_it_names_what_was_refused(secrets: MockSecrets) -> None:
    """The secrets are there; the token that the client asks for first is not."""
    with secrets.expect_violation("hosts") as caught:
        httpx.get("https://api.julep.ai/api/secrets", auth=LogIn())

    assert "auth.julep.ai" in str(caught.value)
    assert "api.julep.ai" not in str(caught.value)
