from __future__ import annotations

import pytest
from billing import async_keys
from billing.keys import NAME

from pytest_julep_secrets import MockSecrets

# The plugin of anyio, which the SDK's httpx brings along.
pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_a_key_from_first_to_last(mock_secrets: MockSecrets) -> None:
    await async_keys.store_key("sk-fake-old-1f9c27d4")
    await async_keys.rotate_key("sk-fake-new-8a3e55b0")

    assert mock_secrets[NAME] == "sk-fake-new-8a3e55b0"

    await async_keys.remove_key()

    assert len(mock_secrets) == 0


async def test_there_has_to_be_a_key_to_rotate(mock_secrets: MockSecrets) -> None:
    with pytest.raises(LookupError):
        await async_keys.rotate_key("sk-fake-new-8a3e55b0")

    assert len(mock_secrets.calls) == 1
