"""A run that leaks and violates in every way, searched afterwards by plain comparison."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plugin import test_leaks, test_verdict_matrix, ways

VALUES = (ways.VALUE, test_leaks.VALUE, "sk-fake-literal-in-source")

LITERALS = """
import asyncio, threading, warnings
import julep, pytest

client = julep.Julep(api_key="fake")

def test_literal_in_a_frame(mock_secrets):
    client.secrets.create(name="prod_key", value="sk-fake-literal-in-source")

def test_literal_in_a_thread(mock_secrets):
    thread = threading.Thread(target=lambda: client.secrets.create(name="prd", value="sk-fake-literal-in-source"))
    thread.start()
    thread.join()

def test_literal_in_a_task_nobody_reads(mock_secrets):
    async def fail():
        client.secrets.create(name="prd", value="sk-fake-literal-in-source")

    async def main():
        await asyncio.wait([asyncio.create_task(fail())])

    asyncio.run(main())

def test_literal_left_to_the_collector(mock_secrets):
    class Left:
        def __del__(self): client.secrets.create(name="prd", value="sk-fake-literal-in-source")
    Left()

def test_warning(mock_secrets):
    value = mock_secrets.create(name="key", value="sk-fake-literal-in-source").value
    warnings.warn(f"about to use {value}")

def test_conflict(mock_secrets):
    mock_secrets.create(name="key", value="sk-fake-literal-in-source")
    julep.Julep(max_retries=0).secrets.create(name="key", value="sk-fake-literal-in-source")

@pytest.fixture
def value(mock_secrets):
    return mock_secrets.create(name="key", value="sk-fake-literal-in-source").value

def test_fixture_value_and_property(value, record_property):
    record_property("key", value)
    assert 0

def test_section(value, request):
    request.node.add_report_section("call", "notes", value)
    assert 0

def test_exit_code(value):
    raise SystemExit(value)
"""


def written(folder: Path) -> Iterator[Path]:
    """All that the run wrote; the tests themselves hold the values."""
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            yield path


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "n2"])
def test_no_value_is_left_anywhere(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    test_verdict_matrix.write(pytester)
    pytester.makepyfile(
        test_phases=test_leaks.HEAD + test_leaks.PHASES,
        test_who=test_leaks.HEAD + test_leaks.ATTRIBUTION,
        test_literals=LITERALS,
    )

    result = pytester.runpytest_subprocess(
        "-rA", "-l", "--tb=long", "--junitxml=junit.xml", "-o", "junit_logging=all",
        "--basetemp=base", "--continue-on-collection-errors", *workers,
    )  # fmt: skip

    outcomes = result.parseoutcomes()
    texts = {path.name: path.read_bytes() for path in written(pytester.path)}
    texts |= {"stdout": result.stdout.str().encode(), "stderr": result.stderr.str().encode()}
    assert {"junit.xml", "lastfailed", "nodeids", "stdout"} <= set(texts)
    assert [
        (name, value) for name, text in texts.items() for value in VALUES if value.encode() in text
    ] == []
    # It did leak, and nothing broke.
    assert outcomes["failed"] > 200
    assert b"REDACTED:" in texts["junit.xml"]
    assert b"INTERNALERROR" not in texts["stdout"]
