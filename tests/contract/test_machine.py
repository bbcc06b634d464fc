"""The state machine notices a server that answers otherwise than the model."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pytest_julep_secrets.contract import Target
from pytest_julep_secrets.contract.caller import Caller
from pytest_julep_secrets.contract.machine import run
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.reach.transport import FakeTransport

Change = Callable[[dict[str, Any]], dict[str, Any]]


def shows_no_null(shown: dict[str, Any]) -> dict[str, Any]:
    return {**shown, "description": shown["description"] or ""}


def adds_metadata(shown: dict[str, Any]) -> dict[str, Any]:
    return {**shown, "metadata": shown["metadata"] or {}}


@pytest.mark.parametrize("change", [shows_no_null, adds_metadata])
def test_another_answer_is_noticed(change: Change) -> None:
    fake = FakeServer()

    def answer(call: Call) -> Reply:
        reply = fake.answer(call)
        if reply.status in {200, 201} and call.method in {"POST", "PUT"}:
            reply.body = json.dumps(change(json.loads(reply.body))).encode()
            reply.headers = [("content-type", "application/json")]
        return reply

    with pytest.raises(AssertionError):
        run(Caller(Target("http://other.test", transport=FakeTransport(answer), exact=True)))
