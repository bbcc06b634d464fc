"""`pytest --pyargs pytest_julep_secrets.contract`: what it runs, says and leaves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

import httpx
import pytest

from contract.servers import KEY, absent, julep
from pytest_julep_secrets.contract import Target
from pytest_julep_secrets.contract.caller import Caller
from pytest_julep_secrets.contract.cleaning import clean, newest
from pytest_julep_secrets.contract.probe import probe
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.fake.rules.fields import Fields
from pytest_julep_secrets.reach.transport import FakeTransport

# Plain assertions, as to rewrite them takes longer than all the rest.
QUICK = ("-p", "no:asyncio", "-p", "no:randomly", "--assert=plain")
CONTRACT = (*QUICK, "--pyargs", "pytest_julep_secrets.contract")
SOME = "taken_once or cut_a_page or all_is_overwritten"
DEVELOPER = UUID(int=0)


@pytest.fixture
def fake() -> FakeServer:
    """A server that somebody uses."""
    server = FakeServer(api_key=KEY)
    for number in range(120):
        server.store.create(DEVELOPER, Fields(f"theirs_{number}", "v"))
    server.store.create(DEVELOPER, Fields("contract_signed", "v"))
    return server


@pytest.fixture
def url(fake: FakeServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("JULEP_CONTRACT_KEY", KEY)
    with julep(fake) as address:
        yield address


def left(fake: FakeServer) -> int:
    """Count what is there beside theirs."""
    return fake.store.count(DEVELOPER) - 121


def test_a_server_is_held_to_it(pytester: pytest.Pytester, fake: FakeServer, url: str) -> None:
    result = pytester.runpytest(*CONTRACT, f"--julep-secrets-target={url}", "-k", SOME)

    assert result.ret == 0
    assert result.parseoutcomes()["passed"] == 3
    assert left(fake) == 0


def test_to_list_the_promises_asks_nothing(pytester: pytest.Pytester) -> None:
    # Nor does it matter how a project's own tests are called.
    pytester.makeini("[pytest]\npython_files = check_*.py\n")

    result = pytester.runpytest(
        *CONTRACT, "--julep-secrets-target=http://127.0.0.1:9", "--collect-only", "-q"
    )

    assert result.ret == 0
    result.stdout.fnmatch_lines(["*held.py::TestSecrets::test_a_name_is_taken_once"])


def test_a_project_does_not_collect_it_by_accident(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from pytest_julep_secrets import contract
        from pytest_julep_secrets.contract import Target

        def test_mine():
            pass
        """
    )

    result = pytester.runpytest("-p", "no:asyncio", "-W", "error")

    result.assert_outcomes(passed=1)


def test_a_server_that_is_not_there(pytester: pytest.Pytester) -> None:
    with absent() as url:
        result = pytester.runpytest(*CONTRACT, f"--julep-secrets-target={url}")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert result.stderr.lines == [
        f"ERROR: The target '{url}' cannot be reached.",
        "Start it first.",
        "",
    ]


def test_a_server_that_goes_away(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import httpx
        from pytest_julep_secrets.contract import SecretsContract, Target
        from pytest_julep_secrets.fake.api import FakeServer
        from pytest_julep_secrets.reach.transport import FakeTransport

        class Leaving(FakeTransport):
            asked = 0

            def handle_request(self, request):
                self.asked += 1
                if self.asked > 12:
                    raise httpx.ReadTimeout("")
                return super().handle_request(request)

        class TestLeaving(SecretsContract):
            target = Target("http://leaving.test", transport=Leaving(FakeServer().answer))
        """
    )

    result = pytester.runpytest(*QUICK, "-k", "name")

    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(
        ["*The target 'http://leaving.test' no longer answers (ReadTimeout)*"]
    )
    assert "failed" not in result.parseoutcomes()
    result.stdout.fnmatch_lines(
        [
            "The secrets of 'http://leaving.test' could not be listed (ReadTimeout).",
            "When it answers again: julep-secrets sweep http://leaving.test",
        ]
    )


class Interrupts:
    """Ends a run while a promise has secrets there."""

    def __init__(self, error: type[BaseException]) -> None:
        self.error = error
        self.seen = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self) -> None:
        self.seen += 1
        if self.seen == 2:
            raise self.error


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_everything_is_deleted_whatever_happens(
    pytester: pytest.Pytester, fake: FakeServer, url: str, error: type[BaseException]
) -> None:
    interrupts = Interrupts(error)

    pytester.inline_run(
        *CONTRACT,
        f"--julep-secrets-target={url}",
        *("-k", SOME),
        plugins=[interrupts],
        no_reraise_ctrlc=True,
    )

    assert interrupts.seen == (2 if error is KeyboardInterrupt else 3)
    assert left(fake) == 0


def test_broken_promises_leave_nothing(pytester: pytest.Pytester, fake: FakeServer) -> None:
    def answer(call: Call) -> Reply:
        reply = fake.answer(call)
        reply.body = reply.body.replace(b"ENCRYPTED", b"MASK").replace(b'"jobs":[]', b'"jobs":0')
        headers = [pair for pair in reply.headers if pair[0] != "content-length"]
        reply.headers = [*headers, ("content-length", str(len(reply.body)))]
        return reply

    with julep(answer=answer) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("JULEP_CONTRACT_KEY", KEY)
        result = pytester.runpytest(
            *CONTRACT, f"--julep-secrets-target={url}", "-k", "never_shown or what_is_answered"
        )

    assert result.parseoutcomes()["failed"] == 2
    assert left(fake) == 0


class Tells:
    """Prints the key, and fails with it in sight."""

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_call(self, item: Any) -> None:
        target = item.funcargs["api"].target
        print(target.key)  # noqa: T201 - what somebody may do
        assert target.headers == target.key


def test_the_key_is_shown_nowhere(pytester: pytest.Pytester, url: str) -> None:
    target = f"--julep-secrets-target={url}"

    result = pytester.runpytest(
        *CONTRACT,
        target,
        *("-k", "taken_once", "-vv", "--showlocals", "--log-level=DEBUG"),
        plugins=[Tells()],
    )

    assert result.parseoutcomes()["failed"] == 1
    assert "JULEP_CONTRACT_KEY" in result.stdout.str()
    assert KEY not in result.stdout.str() + result.stderr.str()


def test_an_empty_target_is_not_the_fake(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest(*CONTRACT, "--julep-secrets-target=")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert result.stderr.lines[0] == "ERROR: The target '' is no base URL."


class Leaves:
    """Ends a run when a create has been sent, and is not answered yet."""

    def __init__(self, fake: FakeServer, error: type[BaseException]) -> None:
        self.fake, self.error = fake, error
        self.late: list[Call] = []
        self.asked = 0

    def answer(self, call: Call) -> Reply:
        """Answer; the create itself is made when the list has been read once more."""
        if call.method == "POST" and not self.late:
            self.late.append(call)
            raise self.error
        self.asked += bool(self.late)
        if self.asked == 2:
            self.fake.answer(self.late[0])
        return self.fake.answer(call)


@pytest.mark.parametrize("error", [KeyboardInterrupt, httpx.ReadTimeout(""), RuntimeError])
def test_what_is_made_after_nobody_waits_for_it_is_deleted(
    monkeypatch: pytest.MonkeyPatch, fake: FakeServer, error: Any
) -> None:
    monkeypatch.setattr("pytest_julep_secrets.contract.cleaning._LATE", (0.0, 0.0))
    server = Leaves(fake, error)
    target = Target("http://late.test", key=KEY, transport=FakeTransport(server.answer))

    with suppress(BaseException):
        Caller(target).create()
    assert clean(target) == []

    assert server.late
    assert left(fake) == 0
    assert not target.unanswered


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_a_probe_that_is_interrupted_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, fake: FakeServer, error: type[BaseException]
) -> None:
    monkeypatch.setattr("pytest_julep_secrets.contract.cleaning._LATE", (0.0, 0.0))
    server = Leaves(fake, error)
    target = Target("http://late.test", key=KEY, transport=FakeTransport(server.answer))

    with pytest.raises(error):
        probe(target)

    assert server.asked >= 2
    assert left(fake) == 0


def test_only_what_is_new_is_read(fake: FakeServer) -> None:
    asked: list[str] = []

    def answer(call: Call) -> Reply:
        asked.append(call.query)
        return fake.answer(call)

    for number in range(500):
        fake.store.create(DEVELOPER, Fields(f"more_{number}", "v"))
    target = Target("http://large.test", key=KEY, transport=FakeTransport(answer))
    target.since = target.latest = newest(target)
    asked.clear()

    assert Caller(target).own() == []

    assert len(asked) == 1
