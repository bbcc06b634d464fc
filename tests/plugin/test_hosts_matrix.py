"""Every client, on every way to Julep, wherever code of a run may stand: refused, and before
anything is looked up or a proxy is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import resolver
from reach.conftest import LocalServer, serving

from plugin import senders

# pytest-socket takes our patch of socket.connect back after its first test.
ALONE = ("-p", "no:randomly", "-p", "no:socket")

WAYS = [name for name, _ in senders.every_way()]

# The phase in which each situation below fails.
FAILS = {
    "test_sync": "call",
    "test_async": "call",
    "test_thread": "call",
    "test_fixture": "setup",
    "test_outlived": "call",
}

SITUATIONS = """
import asyncio, threading
import pytest, senders

WAYS = dict(senders.every_way())
every_way = pytest.mark.parametrize("way", WAYS)
waiting = {}

@every_way
def test_sync(way):
    senders.finish(WAYS[way])

@every_way
@pytest.mark.asyncio
async def test_async(way):
    task = WAYS[way]()
    if task is not None:
        await task

@every_way
def test_thread(way):
    thread = threading.Thread(target=swallow, args=[WAYS[way]])
    thread.start()
    thread.join()

@pytest.fixture
def fixture(request):
    senders.finish(WAYS[request.param])

@pytest.mark.parametrize("fixture", WAYS, indirect=True)
def test_fixture(fixture):
    pass

def swallow(way, *gates):
    for gate in gates:
        gate.wait()
    try:
        senders.finish(way)
    except BaseException:
        pass

@every_way
@pytest.mark.julep_live
def test_begins_a_thread_that_outlives_it(way):
    gate = threading.Event()
    waiting[way] = gate, threading.Thread(target=swallow, args=[WAYS[way], gate])
    waiting[way][1].start()

@every_way
def test_outlived(way):
    gate, thread = waiting[way]
    gate.set()
    thread.join()
"""

CONFTEST = """
import pathlib
import senders

refused = []
for name, way in senders.every_way():
    try:
        senders.finish(way)
    except BaseException as error:
        if "'api.julep.ai'" in str(error) or "://api.julep.ai/" in str(error):
            refused.append(name)
pathlib.Path("refused.txt").write_text("\\n".join(refused))
"""


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalServer]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with serving() as server:
        monkeypatch.setenv("STANDS_FOR_A_PROXY", server.url)
        monkeypatch.setattr(senders, "PROXY", server.url)
        yield server


@pytest.fixture(autouse=True)
def copied(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(senders=Path(senders.__file__).read_text(encoding="utf-8"))


def test_every_way_in_every_situation(pytester: pytest.Pytester, proxy: LocalServer) -> None:
    pytester.makepyfile(test_it=SITUATIONS)

    with resolver.counted() as looked_up:
        result = pytester.inline_run(*ALONE)

    seen = {
        report.nodeid.partition("::")[2]: (report.when, str(report.longrepr).splitlines()[0])
        for report in result.getreports("pytest_runtest_logreport")
        if report.failed
    }
    assert {test: when for test, (when, _) in seen.items()} == {
        f"{test}[{way}]": when for test, when in FAILS.items() for way in WAYS
    }
    for _, sentence in seen.values():
        assert sentence.endswith("' is not answered by anything in this test.")
        assert senders.HOST in sentence
    assert looked_up == []
    assert proxy.requests == []


def test_every_way_in_a_conftest(pytester: pytest.Pytester, proxy: LocalServer) -> None:
    pytester.makeconftest(CONFTEST)

    with resolver.counted() as looked_up:
        result = pytester.runpytest(*ALONE)

    assert (pytester.path / "refused.txt").read_text().splitlines() == WAYS
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "is not answered by anything here." in result.stderr.str()
    assert looked_up == []
    assert proxy.requests == []


def test_without_the_guard_every_way_would_get_there(
    pytester: pytest.Pytester, proxy: LocalServer
) -> None:
    """Otherwise the others would prove nothing. The SDK, for one, would try for minutes."""
    pytester.makepyfile(test_it=SITUATIONS)
    ways = [way for way in WAYS if "sdk" not in way and "connecting" not in way]

    with resolver.counted() as looked_up:
        options = ("-k", "test_sync and not sdk and not connecting", "-m", "not julep_live")
        pytester.runpytest(*ALONE, *options, "--julep-secrets", "hosts=off")

    direct = [way for way in ways if way.endswith("direct")]
    assert looked_up == [senders.HOST] * len(direct)
    assert len(proxy.requests) == len(ways) - len(direct)
