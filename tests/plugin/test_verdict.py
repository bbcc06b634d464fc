"""How a violation shows in pytest, beside what else may happen to a test."""

from __future__ import annotations

import pytest

HEAD = """
import pytest

def violate(secrets):
    secrets.create(name="prod_key", value="sk-fake-8d1c07b35e")

def swallow(secrets):
    try:
        violate(secrets)
    except BaseException:
        pass

"""

SENTENCE = "Secret name 'prod_key' looks like production: it contains the word 'prod'.*"
SWALLOWED = "The code went on after this violation; it counts all the same."


@pytest.fixture(params=[(), ("-n", "2")], ids=["serial", "n2"])
def workers(request: pytest.FixtureRequest) -> tuple[str, ...]:
    args: tuple[str, ...] = request.param
    return args


def run(pytester: pytest.Pytester, code: str, *args: str) -> pytest.RunResult:
    pytester.makepyfile(test_it=HEAD + code)
    return pytester.runpytest("-p", "no:randomly", *args)


def test_the_message_names_what_to_do_and_the_users_line(pytester: pytest.Pytester) -> None:
    result = run(pytester, "def test_it(mock_secrets): violate(mock_secrets)")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*_ test_it _*",
            f"{SENTENCE} It never gets into the fake.",
            'Rename it, or allow it with @pytest.mark.julep_secrets(allow_names=[[]"prod_key"[]]).',
            "At test_it.py:4, in violate.",
            "*short test summary*",
        ],
        consecutive=True,
    )


def test_a_thread_is_named(pytester: pytest.Pytester) -> None:
    code = """
import threading

def test_it(mock_secrets):
    thread = threading.Thread(target=swallow, args=(mock_secrets,), name="rotation")
    thread.start()
    thread.join()
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["At test_it.py:4, in violate (in the thread 'rotation').", SWALLOWED]
    )


def test_one_request_and_no_sleep(pytester: pytest.Pytester) -> None:
    """The SDK would try an `Exception` six times and sleep five."""
    code = """
import time
import anyio, asyncio, httpx, julep

def never(*_): raise AssertionError("slept")

def test_sync(mock_secrets, monkeypatch):
    monkeypatch.setattr(time, "sleep", never)
    sent = []
    client = julep.Julep(http_client=httpx.Client(event_hooks={"request": [sent.append]}))
    with mock_secrets.expect_violation("names"):
        client.secrets.create(name="prod_key", value="sk-fake-8d1c07b35e")
    assert len(sent) == 1

def test_async(mock_secrets, monkeypatch):
    monkeypatch.setattr(anyio, "sleep", never)
    sent = []
    async def keep(request): sent.append(request)
    async def main():
        http_client = httpx.AsyncClient(event_hooks={"request": [keep]})
        await julep.AsyncJulep(http_client=http_client).secrets.create(
            name="prod_key", value="sk-fake-8d1c07b35e"
        )
    with mock_secrets.expect_violation("names"):
        asyncio.run(main())
    assert len(sent) == 1
"""

    run(pytester, code).assert_outcomes(passed=2)


def test_xfail_does_not_expect_it(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    marks = ["xfail", "xfail(strict=True)", "xfail(reason='known')", "xfail(raises=BaseException)"]
    tests = [
        f"@pytest.mark.{mark}\ndef test_{what}_{place}(mock_secrets): {what}(mock_secrets)\n"
        for what in ("violate", "swallow")
        for place, mark in enumerate(marks)
    ]

    result = run(pytester, "\n".join(tests), *workers)

    result.assert_outcomes(failed=8)
    assert result.stdout.str().count("'prod_key' looks like production") >= 8
    assert result.ret == 1


def test_an_xfail_that_failed_otherwise_keeps_what_it_said(pytester: pytest.Pytester) -> None:
    code = """
@pytest.mark.xfail
def test_it(mock_secrets):
    swallow(mock_secrets)
    assert "this" == "that"
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [SENTENCE, "*the expected failure*", "*AssertionError: assert 'this' == 'that'"]
    )


def test_an_imperative_xfail_and_a_skip_do_not_hide_it(pytester: pytest.Pytester) -> None:
    code = """
def test_xfail(mock_secrets):
    swallow(mock_secrets)
    pytest.xfail("known")

def test_skip(mock_secrets):
    swallow(mock_secrets)
    pytest.skip("not today")

def test_skipped_without_it(mock_secrets):
    pytest.skip("not today")
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=2, skipped=1)


def test_what_failed_by_itself_says_both_once(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    code = """
def test_it(mock_secrets):
    swallow(mock_secrets)
    assert "this" == "that"
"""

    result = run(pytester, code, "--junitxml=junit.xml", *workers)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["E       AssertionError: assert 'this' == 'that'", "*- julep secrets -*", SENTENCE]
    )
    junit = (pytester.path / "junit.xml").read_text()
    assert junit.count("<failure") == 1
    assert junit.count("looks like production") == 1


def test_several_are_all_told(pytester: pytest.Pytester) -> None:
    code = """
def test_it(mock_secrets):
    swallow(mock_secrets)
    try:
        mock_secrets.create(name="prd_other", value="sk-fake-8d1c07b35e")
    except BaseException:
        pass
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([SENTENCE, "*'prd_other' looks like production*"])


def test_what_a_setup_swallowed_fails_the_call(pytester: pytest.Pytester) -> None:
    code = """
@pytest.fixture
def fixture(mock_secrets): swallow(mock_secrets)

def test_passes(fixture): pass

def test_fails(fixture): assert False

@pytest.fixture
def broken(fixture): raise LookupError

def test_error(broken): pass
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=2, errors=1)
    assert result.stdout.str().count("counts all the same") == 3


def test_what_a_teardown_makes_is_one_error(pytester: pytest.Pytester) -> None:
    code = """
@pytest.fixture
def raising(mock_secrets):
    yield
    violate(mock_secrets)

@pytest.fixture
def swallowing(mock_secrets):
    yield
    swallow(mock_secrets)

def test_raising(raising): pass

def test_swallowing(swallowing): pass

def test_failed_before(swallowing): assert False
"""

    result = run(pytester, code)

    # The failed one is failed already: it is told with it.
    result.assert_outcomes(passed=2, failed=1, errors=2)
    result.stdout.fnmatch_lines(["*_ test_failed_before _*", "*julep secrets: teardown*", SENTENCE])


def test_setup_only_has_no_call_to_fail(pytester: pytest.Pytester) -> None:
    code = """
@pytest.fixture
def fixture(mock_secrets): swallow(mock_secrets)

def test_it(fixture): pass
"""

    result = run(pytester, code, "--setup-only")

    result.assert_outcomes(errors=1)


def test_the_rest_of_the_run_goes_on(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    code = """
def test_a(mock_secrets): swallow(mock_secrets)

def test_b(mock_secrets): mock_secrets.create(name="key", value="sk-fake-8d1c07b35e")

def test_c(): pass
"""

    result = run(pytester, code, *workers)

    result.assert_outcomes(failed=1, passed=2)


def test_exitfirst_and_last_failed(pytester: pytest.Pytester) -> None:
    code = """
def test_a(mock_secrets): pass

def test_b(mock_secrets): swallow(mock_secrets)

def test_c(mock_secrets): pass
"""

    stopped = run(pytester, code, "-x")
    again = pytester.runpytest("-p", "no:randomly", "--lf", "-v")

    stopped.assert_outcomes(passed=1, failed=1)
    again.assert_outcomes(failed=1)
    again.stdout.fnmatch_lines(["test_it.py::test_b FAILED*"])


def test_a_rerun_does_not_hide_it(pytester: pytest.Pytester) -> None:
    code = """
import itertools

turns = itertools.count()

def test_swallowed(mock_secrets):
    if not next(turns):
        swallow(mock_secrets)

raised = itertools.count()

def test_raised(mock_secrets):
    if not next(raised):
        violate(mock_secrets)

leaks = itertools.count()

def test_leak(mock_secrets):
    mock_secrets.create(name="key", value="sk-fake-8d1c07b35e")
    if not next(leaks):
        print("sk-fake-8d1c07b35e")

flaky = itertools.count()

def test_flaky(mock_secrets):
    assert next(flaky)
"""

    result = run(pytester, code, "--reruns", "2")

    result.assert_outcomes(failed=3, passed=1)
    result.stdout.fnmatch_lines(["*3 failed, 1 passed, 1 rerun*"])


def test_expecting_one_takes_it_off_the_record(pytester: pytest.Pytester) -> None:
    code = """
def test_expected(mock_secrets):
    with mock_secrets.expect_violation("names") as violation:
        violate(mock_secrets)
    assert violation.value.check == "names"

def test_expected_and_swallowed(mock_secrets):
    with mock_secrets.expect_violation("names") as violation:
        swallow(mock_secrets)
    assert "'prod_key'" in str(violation.value)

def test_none(mock_secrets):
    with mock_secrets.expect_violation("names"):
        pass

def test_two(mock_secrets):
    with mock_secrets.expect_violation("names"):
        swallow(mock_secrets)
        swallow(mock_secrets)

def test_pytest_raises_alone(mock_secrets):
    with pytest.raises(BaseException):
        violate(mock_secrets)
"""

    result = run(pytester, code)

    result.assert_outcomes(passed=2, failed=3)
    result.stdout.fnmatch_lines(["E*AssertionError: Nothing violated the check 'names' here."])


def test_unittest_counts_it_whatever_it_expects(pytester: pytest.Pytester) -> None:
    code = """
import unittest
from pytest_julep_secrets import MockSecrets

class Test(unittest.TestCase):
    def setUp(self):
        self.secrets = self.enterContext(MockSecrets())

    def test_raised(self): violate(self.secrets)

    def test_swallowed(self): swallow(self.secrets)

    @unittest.expectedFailure
    def test_expected(self): violate(self.secrets)

    def test_assert_raises(self):
        with self.assertRaises(BaseException):
            violate(self.secrets)

    def test_passes(self): pass
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=4, passed=1)


def test_sub_tests_of_unittest_are_charged_to_their_test(pytester: pytest.Pytester) -> None:
    code = """
import unittest
from pytest_julep_secrets import MockSecrets

class Test(unittest.TestCase):
    def test_swallowed(self):
        with self.subTest("a"), MockSecrets() as secrets:
            swallow(secrets)
        with self.subTest("b"):
            pass
"""

    result = run(pytester, code)

    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines([SENTENCE])


needs_subtests = pytest.mark.skipif(
    not hasattr(pytest, "Subtests"), reason="pytest has sub-tests from 9.0 on."
)


@needs_subtests
def test_sub_tests_fail_by_what_they_raise_and_their_test_by_what_they_swallow(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    code = """
def test_swallowed(subtests, mock_secrets):
    with subtests.test("a"):
        swallow(mock_secrets)
    with subtests.test("b"):
        pass

def test_raised(subtests, mock_secrets):
    with subtests.test("c"):
        violate(mock_secrets)
"""

    result = run(pytester, code, "-rA", *workers)

    lines = [line for line in result.outlines if "FAILED" in line.partition(" ")[0]]
    assert sorted(line.partition(" - ")[0] for line in lines) == [
        "FAILED test_it.py::test_raised",
        "FAILED test_it.py::test_swallowed",
        "SUBFAILED[c] test_it.py::test_raised",
    ]
    assert result.stdout.str().count("counts all the same") == 1


@needs_subtests
def test_what_a_sub_test_prints_is_redacted_and_fails_its_test(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    code = """
import logging

def test_it(subtests, mock_secrets):
    value = "sk-fake-" + "8d1c07b35e"
    mock_secrets.create(name="key", value=value)
    with subtests.test("printed"):
        print(value)
    with subtests.test("logged"):
        logging.getLogger("app").error(value)
    with subtests.test("raised"):
        raise LookupError(value)
"""

    result = run(pytester, code, "-rA", "--junitxml=junit.xml", *workers)

    result.stdout.fnmatch_lines(
        [
            "Secret 'key' reached the section 'Captured stdout call' of a sub-test, line 1.",
            "Secret 'key' reached the section 'Captured log call' of a sub-test, line 1.",
            "Secret 'key' reached the text of LookupError, line 1.",
        ]
    )
    text = result.stdout.str() + (pytester.path / "junit.xml").read_text()
    assert "sk-fake-8d1c07b35e" not in text


# --- where there is no report


WHERE = {
    "conftest": ("{}\n", 4),
    "configure": ("def pytest_configure():\n    {}\n", 4),
    "sessionstart": ("def pytest_sessionstart():\n    {}\n", 4),
    "sessionfinish": ("def pytest_sessionfinish():\n    {}\n", 1),
}


@pytest.mark.parametrize("call", ["violate", "swallow"])
@pytest.mark.parametrize(
    ("where", "workers"),
    [*((where, ()) for where in WHERE), ("configure", ("-n", "2")), ("sessionfinish", ("-n", "2"))],
)
def test_outside_of_tests_it_is_one_clear_sentence(
    pytester: pytest.Pytester, where: str, call: str, workers: tuple[str, ...]
) -> None:
    template, status = WHERE[where]
    make = f"from pytest_julep_secrets import MockSecrets; {call}(MockSecrets())"
    pytester.makeconftest(HEAD + template.format(make))
    pytester.makepyfile("def test_it(): pass")

    result = pytester.runpytest_subprocess("-p", "no:randomly", *workers)

    text = result.stdout.str() + result.stderr.str()
    assert text.count("'prod_key' looks like production") == 1
    assert "At conftest.py:4, in violate." in text
    assert ("counts all the same" in text) == (call == "swallow")
    assert "Traceback" not in text
    assert "INTERNALERROR" not in text
    assert "8d1c07b35e" not in text
    assert result.ret == status


def test_any_other_error_there_is_pytests_own(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("def pytest_configure(): raise LookupError('other')")

    result = pytester.runpytest_subprocess()

    (result.stdout if "INTERNALERROR" in result.stdout.str() else result.stderr).fnmatch_lines(
        ["INTERNALERROR> LookupError: other"]
    )
    assert result.ret == 3


def test_a_conftest_further_down_fails_what_is_collected_there(pytester: pytest.Pytester) -> None:
    folder = pytester.mkpydir("sub")
    (folder / "conftest.py").write_text(
        HEAD + "from pytest_julep_secrets import MockSecrets; violate(MockSecrets())"
    )
    (folder / "test_sub.py").write_text("def test_sub(): pass")
    pytester.makepyfile(test_top="def test_top(): pass")

    result = pytester.runpytest_subprocess("--continue-on-collection-errors")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([SENTENCE])
