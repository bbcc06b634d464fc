"""The fake of a command that may run for days."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.cli import standing
from pytest_julep_secrets.cli.standing import Setup, Standing
from pytest_julep_secrets.fake.call import Call


def create(number: int) -> Call:
    body = f'{{"name": "a{number}", "value": "made-up-{number:08}"}}'.encode()
    return Call("POST", "/secrets", "", {"content-type": "application/json"}, body)


def test_what_it_keeps_of_what_has_arrived_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "_MOST_VALUES", 5)
    server = Standing(Setup(), lambda _: None)

    known = []
    for number in range(20):
        assert server.answer(create(number)).status == 201
        known.append(len(server._run.watch))

    assert max(known) <= 5
    assert known[4] == 5
