"""A run that leaks and violates in every way, searched afterwards by plain comparison."""

from __future__ import annotations

import pytest

from plugin import search, test_leaks

VALUES = (test_leaks.VALUE, "sk-fake-literal-in-source")

LITERALS = """
import asyncio, threading, warnings
import julep, pytest

client = julep.Julep(api_key="fake")

def test_literal_in_a_frame(mock_secrets):
    client.secrets.create(name="prod_key", value="sk-fake-literal-in-source")

def test_literal_in_a_thread(mock_secrets):
    def run(): client.secrets.create(name="prd", value="sk-fake-literal-in-source")
    thread = threading.Thread(target=run)
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


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "n2"])
def test_no_value_is_left_anywhere(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    pytester.makepyfile(
        test_phases=test_leaks.HEAD + test_leaks.PHASES,
        test_who=test_leaks.HEAD + test_leaks.ATTRIBUTION,
        test_literals=LITERALS,
    )

    result = pytester.runpytest_subprocess(
        "-rA", "-l", "--tb=long", "--junitxml=junit.xml", "-o", "junit_logging=all",
        "--basetemp=base", *workers,
    )  # fmt: skip

    texts = search.texts(pytester, result)
    assert {"junit.xml", "lastfailed", "nodeids", "stdout"} <= set(texts)
    assert [search.places(value, texts) for value in VALUES] == [[]] * len(VALUES)
    # It did leak, and nothing broke.
    assert result.parseoutcomes()["failed"] >= 18
    assert b"REDACTED:" in texts["junit.xml"]
    assert b"INTERNALERROR" not in texts["stdout"]
