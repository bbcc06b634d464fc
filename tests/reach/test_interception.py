"""Starting and stopping, nesting, and what is left of it at a client."""

from __future__ import annotations

import gc
import weakref

import httpx
import httpx2
import julep
import pytest

from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.reach.httpx import fakes


def names() -> list[str]:
    return [secret.name for secret in julep.Julep(api_key="k").secrets.list()]


def test_the_inner_one_wins_and_the_outer_one_is_back() -> None:
    with MockSecrets({"outer": "v"}):
        with MockSecrets({"inner": "v"}):
            assert names() == ["inner"]
        assert names() == ["outer"]


def test_one_and_the_same_may_be_entered_twice() -> None:
    secrets = MockSecrets({"a": "v"})
    with secrets, MockSecrets({"b": "v"}), secrets:
        assert names() == ["a"]
    with secrets:
        assert names() == ["a"]


def test_stopping_out_of_order_leaves_the_other() -> None:
    first, second = MockSecrets({"first": "v"}), MockSecrets({"second": "v"})
    first.__enter__()
    second.__enter__()

    first.__exit__(None, None, None)
    left = names()
    second.__exit__(None, None, None)

    assert left == ["second"]


def test_after_an_error_nothing_is_active() -> None:
    def fail() -> None:
        with MockSecrets():
            raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert fakes == []


def test_a_client_used_with_a_fake_works_without_one_and_can_be_freed() -> None:
    asked = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(200, json=[])

    client = httpx.Client(transport=httpx.MockTransport(handler))
    url = "https://api.julep.ai/api/secrets"
    with MockSecrets():
        client.get(url)
    client.get(url)
    freed = weakref.ref(client)
    client.close()
    gc.collect()
    gc.disable()
    try:
        del client
        assert freed() is None
    finally:
        gc.enable()

    assert asked == ["/api/secrets"]


def test_the_private_method_we_shadow_is_there() -> None:
    for client in (httpx.Client(), httpx.AsyncClient(), httpx2.Client(), httpx2.AsyncClient()):
        assert callable(client._transport_for_url)


def test_a_bad_base_url_variable_is_left_to_the_client(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JULEP_BASE_URL", "nonsense")

    with MockSecrets({"a": "v"}):
        reply = httpx.get("https://api.julep.ai/api/secrets")

    assert reply.status_code == 200
