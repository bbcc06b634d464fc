"""A fake of the user's own, held to the contract."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs/how-to/contract.md"

# It means well: it keeps answers for idempotency keys, and speaks HTML to browsers.
OWN = """
import httpx
import pytest

from pytest_julep_secrets.contract import SecretsContract, Target
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.reach.transport import FakeTransport


class Mine(FakeTransport):
    def __init__(self):
        super().__init__(FakeServer(api_key="made-up-key").answer)
        self.kept = {}

    def handle_request(self, request):
        if "text/html" in request.headers.get("accept", ""):
            return httpx.Response(406)
        key = request.headers.get("idempotency-key")
        if key in self.kept:
            return self.kept[key]
        response = super().handle_request(request)
        if key:
            self.kept[key] = httpx.Response(response.status_code, content=response.read())
        return response


@pytest.fixture(scope="module")
def target():
    return Target("http://mine.test", key="made-up-key", transport=Mine())


class TestMine(SecretsContract):
    pass
"""


def test_exactly_the_broken_promises_fail(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(OWN)

    result = pytester.runpytest(
        "-p", "no:asyncio", "--assert=plain", "-rf", "-k", "not any_history"
    )

    failed = re.findall(r"^FAILED .*::test_(\w+)", result.stdout.str(), re.MULTILINE)
    assert sorted(failed) == ["accept_is_ignored", "an_idempotency_key_changes_nothing"]


def test_the_example_of_the_page(pytester: pytest.Pytester) -> None:
    page = PAGE.read_text()
    code = re.search(r"<!-- own -->\n```text\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert code is not None
    folder = pytester.mkpydir("billing")
    (folder / "testing.py").write_text(
        "from pytest_julep_secrets.fake.api import FakeServer\n"
        "from pytest_julep_secrets.reach.transport import FakeTransport\n"
        "def FakeJulep(): return FakeTransport(FakeServer().answer)\n"
    )
    pytester.syspathinsert()
    pytester.makepyfile(code[1])

    result = pytester.runpytest(
        "-p", "no:asyncio", "--assert=plain", "-k", "echo or name or no_get"
    )

    outcomes = result.parseoutcomes()
    assert outcomes["xpassed"] == 1
    assert "failed" not in outcomes
    assert outcomes["passed"] > 50


def test_without_a_target_one_is_asked_for(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from pytest_julep_secrets.contract import SecretsContract

        class TestNone(SecretsContract):
            pass
        """
    )

    result = pytester.runpytest("-p", "no:asyncio", "--assert=plain", "-k", "taken_once")

    result.stdout.fnmatch_lines(["'TestNone' has nothing to hold to the contract.", "Give it *"])
    assert result.parseoutcomes()["errors"] == 1
