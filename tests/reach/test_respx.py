"""The fake as a route of a respx router."""

from __future__ import annotations

import asyncio

import httpx
import julep
import pytest
import respx

from pytest_julep_secrets import MockSecrets
from reach.clients import BASES

KNOWN = [name for name in BASES if not name.startswith("base_url")]


@pytest.mark.parametrize("base", KNOWN)
def test_every_known_base(
    base: str,
    mock_secrets: MockSecrets,
    respx_mock: respx.MockRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options, variable = BASES[base]
    if variable:
        monkeypatch.setenv("JULEP_BASE_URL", variable)
    route = mock_secrets.mount(respx_mock)
    client = julep.Julep(**options)  # type: ignore[arg-type]

    made = client.secrets.create(name="k", value="sk-fake-1")
    client.secrets.list(limit=5)
    client.secrets.delete(made.id)

    assert route.call_count == 3
    assert [call.operation for call in mock_secrets.calls] == ["create", "list", "delete"]


def test_async_beside_other_routes(mock_secrets: MockSecrets, respx_mock: respx.MockRouter) -> None:
    mock_secrets.mount(respx_mock)
    respx_mock.get("https://api.julep.ai/api/agents").respond(json={"items": []})

    async def run() -> int:
        async with julep.AsyncJulep() as client:
            await client.secrets.create(name="k", value="sk-fake-1")
        async with httpx.AsyncClient() as plain:
            return (await plain.get("https://api.julep.ai/api/agents")).status_code

    assert asyncio.run(run()) == 200
    assert mock_secrets["k"] == "sk-fake-1"


@pytest.mark.respx(assert_all_called=False, assert_all_mocked=True)
@pytest.mark.parametrize(
    "url",
    [
        "https://api.julep.ai/secrets",
        "https://api.julep.ai/api/secretsx",
        "https://api.julep.ai/api/secrets/a/b",
        "https://api.julep.ai:444/api/secrets",
        "https://apixjulep.ai/api/secrets",
        "http://localhost:8080/api/secrets",
    ],
)
def test_nothing_else_is_taken(
    url: str, mock_secrets: MockSecrets, respx_mock: respx.MockRouter
) -> None:
    mock_secrets.mount(respx_mock)

    with pytest.raises(respx.models.AllMockedAssertionError):
        httpx.get(url)
