"""`julep-secrets sweep`."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from contract.servers import KEY, absent, julep
from pytest_julep_secrets.cli import main
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.fake.rules.fields import Fields

DEVELOPER = UUID(int=0)
OURS = [f"contract_0123456789ab_{number}_key" for number in range(130)]
THEIRS = ["contract_signed", "contract_0123456789a_x", "my_contract_0123456789ab_x", "key"]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def fake() -> FakeServer:
    server = FakeServer(api_key=KEY)
    for number in range(0, 400, 4):
        server.store.create(DEVELOPER, Fields(f"theirs_{number}", "v"))
    for name in [*OURS[:65], *THEIRS, *OURS[65:]]:
        server.store.create(DEVELOPER, Fields(name, "v"))
    return server


@pytest.fixture
def url(fake: FakeServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("JULEP_CONTRACT_KEY", KEY)
    with julep(fake) as address:
        yield address


def test_what_runs_have_left_is_deleted(fake: FakeServer, url: str, capsys: Capture) -> None:
    assert main(["sweep", url]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert sorted(lines[:-1]) == sorted(f"Deleted: '{name}'" for name in OURS)
    assert lines[-1] == "Deleted: 130. Left: 0."
    assert fake.store.count(DEVELOPER) == 100 + len(THEIRS)


def test_what_cannot_be_deleted_is_told(fake: FakeServer, capsys: Capture) -> None:
    stuck = fake.store.by_name(DEVELOPER, OURS[0])
    assert stuck is not None

    def answer(call: Call) -> Reply:
        return Reply(500, [("content-length", "0")]) if stuck.id in call.path else fake.answer(call)

    with julep(answer=answer) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("JULEP_CONTRACT_KEY", KEY)
        assert main(["sweep", url]) == 2

    lines = capsys.readouterr().out.splitlines()
    assert f"NOT deleted: '{OURS[0]}'" in lines
    assert lines[-1] == "Deleted: 129. Left: 1."


def test_a_server_that_is_not_there(capsys: Capture) -> None:
    with absent() as url:
        assert main(["sweep", url]) == 2

    assert capsys.readouterr().err == (f"The target '{url}' cannot be reached.\nStart it first.\n")


def test_production_has_to_be_meant(capsys: Capture) -> None:
    assert main(["sweep", "https://api.julep.ai/api"]) == 2

    assert "If you mean it, add --julep-secrets-live" in capsys.readouterr().err
