"""What is known of the SDKs, held against the one installed."""

from __future__ import annotations

import julep
import pytest
from julep._client import ENVIRONMENTS

from pytest_julep_secrets import sdk
from pytest_julep_secrets.sdk import Base, base_of, is_real_host, is_retried, secrets_prefix


def test_the_environments_are_those_of_the_sdk() -> None:
    assert ENVIRONMENTS == sdk.ENVIRONMENTS


def test_the_user_agents_are_those_of_the_sdk() -> None:
    clients = julep.Julep(api_key="k"), julep.AsyncJulep(api_key="k")

    assert all(client.user_agent.startswith(sdk.USER_AGENTS) for client in clients)


@pytest.mark.parametrize("status", range(200, 600))
def test_what_the_sdk_sends_again(status: int) -> None:
    import httpx

    client = julep.Julep(api_key="k")

    assert is_retried(status) == client._should_retry(httpx.Response(status))


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://api.julep.ai/api", Base("https", "api.julep.ai", 443, "/api")),
        ("https://API.julep.ai/api/", Base("https", "api.julep.ai", 443, "/api")),
        ("http://localhost:8080", Base("http", "localhost", 8080, "")),
    ],
)
def test_bases(url: str, base: Base) -> None:
    assert base_of(url) == base


@pytest.mark.parametrize("url", ["", "julep.ai", "/api", "ftp://julep.ai", "http://", "http://h:x"])
def test_what_is_no_base(url: str) -> None:
    with pytest.raises(ValueError, match=r"absolute http or https URL|[Pp]ort"):
        base_of(url)


@pytest.mark.parametrize(
    ("host", "real"),
    [
        ("julep.ai", True),
        ("api.julep.ai", True),
        ("API.JULEP.AI.", True),
        ("api\u3002julep\uff0eai", True),
        ("\uff41pi.ju\u00adlep.ai", True),
        ("jülep.ai", False),
        ("\udcff.ai", False),
        ("notjulep.ai", False),
        ("julep.ai.example.com", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_real_hosts(host: str, real: bool) -> None:
    assert is_real_host(host) is real


SDK = "Julep/Python 2.21.0"


@pytest.mark.parametrize(
    ("url", "user_agent", "prefix"),
    [
        ("https://api.julep.ai/api/secrets", "", "/api"),
        ("https://dev.julep.ai/api/secrets/x", "", "/api"),
        ("http://localhost/api/secrets/", "", "/api"),
        ("http://localhost:8080/secrets/x", "", ""),
        ("https://api.julep.ai/secrets", "", None),
        ("https://api.julep.ai/api/secrets/x/y", "", None),
        ("https://api.julep.ai/api/secrets/x/y", SDK, None),
        ("https://api.julep.ai/api/agents/secrets", "", None),
        ("https://api.julep.ai/api/secretsx", "", None),
        ("http://localhost:8081/secrets", "", None),
        ("http://localhost:8081/secrets", "curl", None),
        ("http://localhost:8081/secrets", SDK, ""),
        ("http://localhost:8081/a/b/secrets/x", SDK, "/a/b"),
        ("http://localhost:8081/secrets", "AsyncJulep/Python 2.21.0", ""),
        ("http://localhost:8081/secrets", "Julep/JS 2.7.2", ""),
        ("http://localhost:8081/agents", SDK, None),
        ("http://localhost:8081/agents/secrets", SDK, None),
        ("http://localhost:8081/v1/agents/x/secrets", SDK, None),
        ("https://api.julep.ai/api/agents/secrets", SDK, None),
        ("http://localhost:8080/api/secrets", SDK, None),
    ],
)
def test_whose_request_it_is(url: str, user_agent: str, prefix: str | None) -> None:
    place = base_of(url)._replace(prefix=url.partition("//")[2].partition("/")[2].join(["/", ""]))

    assert secrets_prefix(place, sdk.KNOWN_BASES, user_agent) == prefix
