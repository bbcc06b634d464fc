"""What promises are told of a target while others use it, and where deployments differ."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import UUID

import pytest

from contract.servers import KEY
from pytest_julep_secrets.contract import Target
from pytest_julep_secrets.contract.caller import Caller
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.fake.rules.fields import Fields
from pytest_julep_secrets.reach.transport import FakeTransport

DEVELOPER: Final = UUID(int=0)


@pytest.mark.parametrize("moments", [{1}, {2}, {4}, {1, 5}])
def test_a_page_is_not_compared_with_what_was_there_for_a_moment(moments: set[int]) -> None:
    """Somebody makes a secret just before a request, and deletes it just after."""
    fake = FakeServer(api_key=KEY)
    asked = 0

    def answer(call: Call) -> Reply:
        nonlocal asked
        asked += 1
        if asked not in moments:
            return fake.answer(call)
        before = fake.store.snapshot()
        fake.store.create(DEVELOPER, Fields(f"theirs_{asked}", "v"))
        reply = fake.answer(call)
        fake.store.restore(before)
        return reply

    api = Caller(Target("http://busy.test", key=KEY, transport=FakeTransport(answer)))

    window, page = api.steady("limit=5", "limit=3")

    assert page == window[:3]
    assert asked > 4


def test_a_client_that_is_given_up_is_closed_at_the_end() -> None:
    """Another thread may be in the middle of a request with it."""
    target = Target("http://a.test", key=KEY, transport=FakeTransport(FakeServer().answer))
    old = target.http

    target.renew()

    assert target.http is not old
    assert old.get("http://a.test/secrets").status_code == 200
    target.close()
    assert old.is_closed


def test_a_refused_key_is_the_servers_word_whatever_the_status() -> None:
    fake = FakeServer(api_key=KEY)

    def answer(call: Call) -> Reply:
        reply = fake.answer(call)
        reply.status = 401 if reply.status == 403 else reply.status
        return reply

    target = Target("http://a.test", key=KEY, transport=FakeTransport(answer))

    assert target.traits.keys == ""


@pytest.mark.parametrize("served", ["/api/secrets", ""], ids=["both", "root only"])
def test_a_host_that_serves_api_beside_the_root_has_a_gateway(served: str) -> None:
    fake = FakeServer(api_key=KEY)

    def answer(call: Call) -> Reply:
        return fake.answer(replace(call, path="/secrets") if call.path == served else call)

    target = Target("http://a.test", key=KEY, transport=FakeTransport(answer))

    assert bool(target.traits.root) == bool(served)
