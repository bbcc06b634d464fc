"""Where a report says what works instead of a documented call, and where it says nothing."""

from __future__ import annotations

from importlib.metadata import version

import pytest

HEAD = """
import julep, pytest, unittest

secrets = julep.Julep(api_key="fake", max_retries=0).secrets

"""
GET = f"julep {version('julep')} has no secrets.get. What works: secret = next(*"
MARKER = (
    "To have it here as documented, in this test only: "
    "@pytest.mark.julep_secrets(documented_api=True)"
)
INI = (
    "To have it here as documented, in tests only: "
    "julep_secrets_documented_api = true, in the ini file"
)

INI_OPTION = "-ojulep_secrets_documented_api=true"
THERE = "With documented_api, as here, it works by name alone, and not by with_raw_response."


def run(pytester: pytest.Pytester, code: str, *args: str) -> pytest.RunResult:
    pytester.makepyfile(test_it=HEAD + code)
    return pytester.runpytest("-p", "no:randomly", *args)


def hints(result: pytest.RunResult) -> int:
    return result.stdout.str().count("What works: ")


def test_the_error_stands_and_one_section_says_what_works(pytester: pytest.Pytester) -> None:
    result = run(pytester, "def test_it(): secrets.get(name='a')")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E   AttributeError: 'SecretsResource' object has no attribute 'get'",
            "",
            "test_it.py:*: AttributeError",
            "-* julep secrets -*",
            GET,
            "The value is not in it: no request gives one back.",
            MARKER.replace("[", "[[]"),
            "*short test summary*",
            "FAILED test_it.py::test_it - AttributeError: *",
        ],
        consecutive=True,
    )


EVERYWHERE = """
@pytest.fixture
def before(): secrets.get(name="a")

@pytest.fixture
def after():
    yield
    secrets.get(name="a")

def test_call(): secrets.get(name="a")
def test_setup(before): pass
def test_teardown(after): pass

def test_group():
    try:
        secrets.get(name="a")
    except AttributeError as error:
        raise ExceptionGroup("both", [ValueError("x"), error])

def test_cause():
    try:
        secrets.get(name="a")
    except AttributeError as error:
        raise ValueError("x") from error

def test_context():
    try:
        secrets.get(name="a")
    except AttributeError:
        raise ValueError("x")

class TestUnit(unittest.TestCase):
    def test_unit(self): secrets.get(name="a")
    def test_sub(self):
        with self.subTest("one"): secrets.get(name="a")
"""


@pytest.mark.parametrize("args", [(), ("-n", "1"), ("--tb=native",)])
def test_wherever_it_fails(pytester: pytest.Pytester, args: tuple[str, ...]) -> None:
    result = run(pytester, EVERYWHERE, *args)

    assert hints(result) == 8
    assert result.outlines.count(MARKER) == 8


@pytest.mark.skipif(not hasattr(pytest, "Subtests"), reason="pytest has sub-tests from 9.0 on.")
def test_a_sub_test(pytester: pytest.Pytester) -> None:
    code = """
def test_it(subtests):
    with subtests.test("one"):
        secrets.get(name="a")
"""

    assert hints(run(pytester, code)) == 1


SILENT = """
def test_passes():
    with pytest.raises(AttributeError): secrets.get(name="a")

@pytest.mark.xfail
def test_xfail(): secrets.get(name="a")

def test_hidden():
    try:
        secrets.get(name="a")
    except AttributeError:
        raise ValueError("x") from None

def test_other(): object().get
def test_list(): [].items
"""


def test_where_there_is_nothing_to_say(pytester: pytest.Pytester) -> None:
    result = run(pytester, SILENT)

    result.assert_outcomes(passed=1, xfailed=1, failed=3)
    assert hints(result) == 0


def test_two_things_at_once_are_one_section(pytester: pytest.Pytester) -> None:
    code = """
def test_it(mock_secrets):
    try:
        secrets.get(name="a")
    except AttributeError:
        secrets.update(name="a", value="sk-fake-1")
"""

    result = run(pytester, code)

    assert hints(result) == 2
    assert result.stdout.str().count(" julep secrets ") == 1


@pytest.mark.parametrize("args", [(), ("-n", "1")])
def test_the_import_of_a_module(pytester: pytest.Pytester, args: tuple[str, ...]) -> None:
    result = run(pytester, "from julep.exceptions import SecretNotFoundError", *args)

    assert result.ret
    result.stdout.fnmatch_lines(
        [
            "E   ModuleNotFoundError: No module named 'julep.exceptions'",
            "",
            f"julep secrets: julep {version('julep')} has no module julep.exceptions. *",
            INI,
        ]
    )


def test_a_conftest(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("import julep.client")

    result = pytester.runpytest_subprocess()

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["E   ModuleNotFoundError: *", "E   julep * has no module julep.client. *", f"E   {INI}"]
    )


WIDER = """
@pytest.fixture(scope="module")
def wide(): secrets.get(name="a")

@pytest.mark.julep_secrets(documented_api=True)
def test_it(wide): pass
"""


def test_where_a_marker_does_not_count_ini_is_named(pytester: pytest.Pytester) -> None:
    result = run(pytester, WIDER)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([GET, INI])


@pytest.mark.parametrize(("args", "marker"), [((), True), ((INI_OPTION,), False)])
def test_what_is_opted_into_is_not_named_as_a_way_out(
    pytester: pytest.Pytester, args: tuple[str, ...], marker: bool
) -> None:
    code = f"""
pytestmark = [pytest.mark.julep_secrets(documented_api=True)] * {marker:d}

def test_raw(mock_secrets):
    julep.Julep().secrets.with_raw_response.update(name="a", value="sk-fake-1")

def test_by_id(mock_secrets): julep.Julep().secrets.update("id", description="x")
"""

    result = run(pytester, code, *args)

    assert hints(result) == 2
    assert result.outlines.count(THERE) == 2
    assert INI not in result.outlines


def test_a_value_in_a_failure_stays_redacted(pytester: pytest.Pytester) -> None:
    code = """
def test_it(mock_secrets):
    mock_secrets.create(name="a", value="sk-fake-8d1c07b35e")
    julep.Julep().secrets.update(name="a", value="sk-fake-8d1c07b35e")
"""

    result = run(pytester, code)

    assert hints(result) == 1
    assert "sk-fake-8d1c07b35e" not in result.stdout.str()


def test_without_the_sdk_nothing_is_loaded(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_fails(): {}.items.nothing
        def test_after(): assert "pytest_julep_secrets.plugin.hints" not in sys.modules
        """
    )

    pytester.runpytest_subprocess("-p", "no:randomly").assert_outcomes(passed=1, failed=1)
