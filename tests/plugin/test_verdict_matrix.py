"""A violation fails its test: every place where one can be made, by every way to swallow it.

Each cell is a test, or a module that cannot be imported, and has to fail once, for its
violation, and be told once.
"""

from __future__ import annotations

import inspect
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from plugin import search, ways

WAYS = {
    name: call
    for name, call in vars(ways).items()
    if inspect.isfunction(call) and name.startswith(("sync_", "async_", "trio_"))
}

# What a place can do with each kind of way; None where it cannot, with the reason below.
SYNC: dict[str, str | None] = {
    "sync": "ways.{way}()",
    "async": "asyncio.run(ways.{way}())",
    "trio": "trio.run(ways.{way})",
}
ON_ASYNCIO: dict[str, str | None] = {
    "sync": "ways.{way}()",
    "async": "await ways.{way}()",
    "trio": None,
}
ON_TRIO: dict[str, str | None] = {
    "sync": "ways.{way}()",
    "async": None,
    "trio": "await ways.{way}()",
}

IMPOSSIBLE = {
    "async": "a trio task cannot await what needs asyncio's loop",
    "trio": "an asyncio task cannot await what needs trio's loop",
}

PLACES: dict[str, tuple[dict[str, str | None], str]] = {
    "test": (
        SYNC,
        """
def test_{way}(mock_secrets):
    {call}
""",
    ),
    "setup": (
        SYNC,
        """
@pytest.fixture
def fixture_{way}(mock_secrets):
    {call}

def test_{way}(fixture_{way}):
    pass
""",
    ),
    "teardown": (
        SYNC,
        """
@pytest.fixture
def fixture_{way}(mock_secrets):
    yield
    {call}

def test_{way}(fixture_{way}):
    pass
""",
    ),
    "wider": (
        SYNC,
        """
@pytest.fixture(scope="module")
def fixture_{way}():
    with MockSecrets():
        {call}

def test_{way}(fixture_{way}):
    pass
""",
    ),
    "unittest": (
        SYNC,
        """
class Test_{way}(unittest.TestCase):
    def test_{way}(self):
        with MockSecrets():
            {call}
""",
    ),
    "unittest_setup": (
        SYNC,
        """
class Test_{way}(unittest.TestCase):
    def setUp(self):
        with MockSecrets():
            {call}

    def test_{way}(self):
        pass
""",
    ),
    "asyncio": (
        ON_ASYNCIO,
        """
@pytest.mark.asyncio
async def test_{way}(mock_secrets):
    {call}
""",
    ),
    "unittest_asyncio": (
        ON_ASYNCIO,
        """
class Test_{way}(unittest.IsolatedAsyncioTestCase):
    async def test_{way}(self):
        with MockSecrets():
            {call}
""",
    ),
    "anyio": (
        ON_ASYNCIO,
        """
@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_{way}(mock_secrets):
    {call}
""",
    ),
    "trio": (
        ON_TRIO,
        """
@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["trio"])
async def test_{way}(mock_secrets):
    {call}
""",
    ),
    "import": (
        SYNC,
        """
with MockSecrets():
    {call}

def test_{way}():
    pass
""",
    ),
}

HEAD = """\
import asyncio, unittest
import pytest, trio
import ways
from pytest_julep_secrets import MockSecrets
"""

# The ways that let it out, as it is, in a group, or as another error.
RAISED = {
    "sync_raised", "sync_except_exception", "sync_converted", "sync_converted_in_passing",
    "sync_converted_from_none", "sync_future_read", "async_awaited", "async_task",
    "async_wait_for", "async_gather", "async_task_group", "async_to_thread", "async_executor",
    "async_anyio_task_group", "trio_awaited", "trio_nursery", "trio_to_thread",
}  # fmt: skip

Cell = tuple[str, str]


def cells() -> dict[Cell, str | None]:
    """Every place with every way: the test module's text, or None where it is impossible."""
    texts: dict[Cell, str | None] = {}
    for place, (calls, template) in PLACES.items():
        for way in WAYS:
            call = calls[way.partition("_")[0]]
            text = None if call is None else template.format(way=way, call=call.format(way=way))
            texts[place, way] = text
    return texts


def write(pytester: pytest.Pytester) -> Counter[str]:
    """Write every cell; returns how many there are by place."""
    pytester.makepyfile(ways=Path(ways.__file__).read_text())
    modules: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for (place, way), text in cells().items():
        if text is not None:
            # A module can be imported once.
            module = f"test_{place}_{way}" if place == "import" else f"test_{place}"
            modules[module] = modules.get(module, HEAD) + text
            counts[place] += 1
    pytester.makepyfile(**modules)
    return counts


def expected(place: str, way: str) -> Counter[str]:
    """What pytest has to report of a cell."""
    if place == "import":
        return Counter(["ERROR"])
    if place == "teardown":
        return Counter(["PASSED", "ERROR"])
    # What is raised in a fixture's setup is an error there; what is swallowed fails the call.
    in_setup = place in ("setup", "wider") and way in RAISED
    return Counter(["ERROR" if in_setup else "FAILED"])


LINE = re.compile(
    r"^(PASSED|FAILED|ERROR|XFAIL|XPASS) "
    r"(?:test_(?P<place>\w+?)\.py(?:::\S*?::|::)test_(?P<way>\w+)"
    r"|test_import_(?P<module>\w+)\.py)"
)


def reported(lines: list[str]) -> dict[Cell, Counter[str]]:
    """What pytest's short summary says of each cell."""
    found: dict[Cell, Counter[str]] = {}
    for line in lines:
        match = LINE.match(line)
        if match:
            cell = (
                ("import", match["module"]) if match["module"] else (match["place"], match["way"])
            )
            found.setdefault(cell, Counter())[match[1]] += 1
    return found


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "n2"])
def test_every_cell_fails_once(
    pytester: pytest.Pytester, workers: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    counts = write(pytester)

    result = pytester.runpytest_subprocess(
        "-rA", "-l", "-p", "no:randomly", "--continue-on-collection-errors", "--basetemp=base",
        "--junitxml=junit.xml", "-o", "junit_logging=all", *workers,
    )  # fmt: skip

    seen = reported(result.outlines)
    if workers:
        # An import fails on each worker.
        for (place, _), outcomes in seen.items():
            if place == "import":
                outcomes["ERROR"] = min(outcomes["ERROR"], 1)
    wanted = {cell: expected(*cell) for cell, text in cells().items() if text is not None}
    wrong = {cell: seen.get(cell) for cell in wanted if seen.get(cell) != wanted[cell]}
    assert wrong == {}
    assert sum(counts.values()) == len(wanted)
    texts = search.texts(pytester, result)
    assert {"junit.xml", "lastfailed", "nodeids", "stdout"} <= set(texts)
    assert search.places(ways.VALUE, texts) == []
    assert b"INTERNALERROR" not in texts["stdout"]


def test_every_impossible_cell_has_its_reason() -> None:
    impossible = [cell for cell, text in cells().items() if text is None]

    assert {way.partition("_")[0] for _, way in impossible} == set(IMPOSSIBLE)


def test_the_cells_that_should_fail_name_what_was_violated(pytester: pytest.Pytester) -> None:
    """A count of failures says nothing of their reason."""
    write(pytester)

    result = pytester.inline_run("-p", "no:randomly", "-W", "ignore", "-q", "test_test.py")

    failed: list[Any] = [report for report in result.getreports() if report.failed]
    assert len(failed) == sum(1 for place, _ in cells() if place == "test")
    told = [str(report.longrepr) for report in failed]
    assert [text.count("'prod_key' looks like production") >= 1 for text in told] == [True] * len(
        told
    )
