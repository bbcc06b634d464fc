"""The documented surface by marker and ini: where it is there, and that it is never silent."""

from __future__ import annotations

import re
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from pytest_julep_secrets import hints

HEAD = """
import unittest
from unittest.mock import patch

import julep, pytest
from pytest_julep_secrets import MockSecrets
from julep.resources.secrets import SecretsResource

def is_there():
    return "get" in vars(SecretsResource)

documented = pytest.mark.julep_secrets({"a": "sk-fake-1"}, documented_api=True)

"""
NO = f"the documented surface; julep {version('julep')} has no"
INI = "-ojulep_secrets_documented_api=true"


def run(pytester: pytest.Pytester, code: str, *args: str) -> pytest.RunResult:
    pytester.makepyfile(test_it=HEAD + code)
    return pytester.runpytest("-p", "no:randomly", *args)


def told(result: pytest.RunResult) -> list[str]:
    """What the summary says of it, in order."""
    return [line for line in result.outlines if "documented" in line and " has no " in line]


def unused(result: pytest.RunResult) -> list[str]:
    head = "Exemptions that nothing needed: "
    found = [line.removeprefix(head) for line in result.outlines if line.startswith(head)]
    return found[0].split(", ") if found else []


@pytest.fixture(params=[(), ("-n", "2")], ids=["serial", "n2"])
def workers(request: pytest.FixtureRequest) -> tuple[str, ...]:
    args: tuple[str, ...] = request.param
    return args


MARKED = """
@documented
def test_get(mock_secrets):
    from julep.exceptions import SecretNotFoundError
    assert julep.Julep().secrets.get(name="a").value == "sk-fake-1"
    with pytest.raises(SecretNotFoundError):
        julep.Julep().secrets.get(name="b")

@documented
@patch("julep.client.Secrets.get")
def test_mock(get, mock_secrets):
    get.return_value = 1
    assert julep.Julep().secrets.get(name="z") == 1

@documented
@pytest.mark.parametrize("name", ["a", "b"])
def test_parameters(mock_secrets, name):
    assert len(julep.Julep().secrets.list().items) == 1

@documented
def test_fails(mock_secrets):
    julep.Julep().secrets.delete(name="a")
    assert mock_secrets["a"]

class TestUnit(unittest.TestCase):
    @documented
    def test_sub(self):
        self.secrets = self.enterContext(MockSecrets())
        with self.subTest("one"):
            julep.Julep().secrets.list(metadata={})

@documented
@pytest.mark.parametrize("name", ["a", "b"])
def test_unused(mock_secrets, name): pass

@documented
@pytest.mark.skip
def test_skipped(mock_secrets): pass

def test_without(mock_secrets):
    assert not is_there()
    with pytest.raises(ImportError):
        import julep.exceptions
"""


def test_each_test_that_uses_it_is_listed(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    result = run(pytester, MARKED, *workers)

    outcomes = result.parseoutcomes()
    assert (outcomes["failed"], outcomes["passed"], outcomes["skipped"]) == (1, 8, 1)
    assert told(result) == [
        f"test_it.py::TestUnit::test_sub passes only with {NO} secrets.list(metadata=)",
        f"test_it.py::test_fails uses {NO} secrets.delete(name=)",
        f"test_it.py::test_get passes only with {NO} julep.exceptions, secrets.get",
        f"test_it.py::test_mock passes only with {NO} julep.client, secrets.get",
        f"test_it.py::test_parameters[a] passes only with {NO} secrets.list().items",
        f"test_it.py::test_parameters[b] passes only with {NO} secrets.list().items",
    ]
    assert unused(result) == ["documented_api of test_it.py::test_unused"]


NEARER = """
pytestmark = documented

def test_module(): assert is_there()

@pytest.mark.julep_secrets(documented_api=False)
class TestClass:
    def test_class(self): assert not is_there()

    @pytest.mark.julep_secrets(documented_api=True)
    def test_test(self): assert is_there()

@pytest.mark.julep_secrets({"b": "sk-fake-2"})
def test_another_option(): assert is_there()

@pytest.mark.julep_secrets(documented_api=False)
def test_off(): assert not is_there()
"""


def test_the_nearest_marker_wins(pytester: pytest.Pytester) -> None:
    result = run(pytester, NEARER)

    result.assert_outcomes(passed=5)
    assert told(result) == []
    assert unused(result) == [
        "documented_api of test_it.py", "documented_api of test_it.py::TestClass::test_test"
    ]  # fmt: skip


def test_a_marker_wins_over_ini(pytester: pytest.Pytester) -> None:
    code = """
def test_ini(): assert is_there()

@pytest.mark.julep_secrets(documented_api=False)
def test_off(mock_secrets):
    assert not is_there()
    with pytest.raises(ImportError):
        import julep.client

@documented
def test_on(mock_secrets): julep.Julep().secrets.get(name="a")
"""

    result = run(pytester, code, INI)

    result.assert_outcomes(passed=3)
    assert told(result) == [f"test_it.py::test_on passes only with {NO} secrets.get"]
    # What it was used by is the marker.
    assert unused(result) == ["julep_secrets_documented_api = true"]


STRICT = """
@documented
def test_marker(mock_secrets): julep.Julep().secrets.get(name="a")

def test_ini(): assert not is_there()
"""


def test_strict_switches_it_off(pytester: pytest.Pytester) -> None:
    result = run(pytester, STRICT, INI, "--julep-secrets-strict")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*AttributeError: 'SecretsResource' object has no attribute 'get'",
            "* julep secrets *",
            "It is not there as documented: --julep-secrets-strict ignores documented_api.",
        ]
    )
    assert told(result) == []
    assert unused(result) == []


# --- fixtures

FIXTURES = """
seen = []

@pytest.fixture(scope="module", params=[1, 2])
def wide(request):
    seen.append(is_there())
    yield
    assert not is_there()

@pytest.fixture(scope="module")
def broken():
    seen.append(is_there())
    raise KeyError

@pytest.fixture(scope="module")
def later():
    yield
    assert not is_there()

@pytest.fixture
def narrow(wide):
    assert is_there()
    yield
    assert is_there()

@documented
def test_marked(wide, narrow, request):
    request.getfixturevalue("later")
    assert is_there()

@documented
def test_broken(broken, request): pass

@documented
def test_marked_again(narrow):
    with pytest.raises(KeyError):
        raise KeyError
    assert is_there()

def test_seen(): assert seen == [False, False, False] and not is_there()

# The wider ones end with it.
@documented
def test_end(wide): assert is_there()
"""


def test_a_wider_fixture_does_not_see_the_marker_of_a_test(pytester: pytest.Pytester) -> None:
    result = run(pytester, FIXTURES)

    # Once for each parameter of the wide one.
    outcomes = result.parseoutcomes()
    assert (outcomes["passed"], outcomes["errors"]) == (7, 1)


HOMES = """
class TestMarked:
    pytestmark = documented

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def of_class(cls):
        assert is_there()
        yield
        assert is_there()

    def test_one(self): assert is_there()

@pytest.fixture(scope="module")
def of_module():
    assert not is_there()

@documented
def test_module(of_module): pass
"""


def test_a_wider_fixture_goes_by_its_own_home(pytester: pytest.Pytester) -> None:
    run(pytester, HOMES).assert_outcomes(passed=2)


def test_under_ini_a_wider_fixture_is_listed_itself(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    code = """
@pytest.fixture(scope="session")
def shared():
    with MockSecrets({"a": "sk-fake-1"}):
        yield julep.Julep().secrets.get(name="a")
        julep.Julep().secrets.delete(name="a")

def test_one(shared): assert shared.name == "a"
def test_two(shared): assert shared.name == "a"
"""

    result = run(pytester, code, INI, *workers)

    result.assert_outcomes(passed=2)
    assert told(result) == [
        f"the fixture 'shared' passes only with {NO} secrets.delete(name=), secrets.get"
    ]


def test_threads_exceptions_and_exits(pytester: pytest.Pytester) -> None:
    """It is gone after each test, however that has ended."""
    code = """
import threading

waiting, seen = threading.Event(), []

def late(secrets):
    waiting.wait()
    try:
        secrets.get(name="a")
    except AttributeError as error:
        seen.append(str(error))

@documented
def test_thread(mock_secrets):
    threads.append(threading.Thread(target=late, args=(julep.Julep().secrets,)))
    threads[0].start()

threads = []

def test_after(mock_secrets):
    waiting.set()
    threads[0].join()
    assert seen == ["'SecretsResource' object has no attribute 'get'"]

@documented
def test_raises(): raise BaseException

def test_after_that(): assert not is_there()

@documented
def test_setup(no_such_fixture): pass

def test_after_setup(): assert not is_there()

@documented
@pytest.mark.xfail
def test_xfail(): assert not is_there()

def test_last(): assert not is_there()

@documented
def test_exit(): pytest.exit("enough", returncode=0)
"""

    result = run(pytester, code)

    outcomes = result.parseoutcomes()
    assert (outcomes["passed"], outcomes["failed"], outcomes["errors"]) == (5, 1, 1)
    from julep.resources.secrets import SecretsResource

    assert not hasattr(SecretsResource, "get")
    assert [type(one).__name__ for one in sys.meta_path].count("Modules") == 0


def test_between_tests_it_is_gone(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        """
        from julep.resources.secrets import SecretsResource

        def pytest_runtest_logfinish(): assert "get" not in vars(SecretsResource)
        """
    )

    result = run(pytester, "@documented\ndef test_it(): assert is_there()")

    result.assert_outcomes(passed=1)
    assert result.ret == 0


# --- ini

CONFTEST = """
import pytest
from julep.exceptions import SecretNotFoundError

@pytest.fixture
def missing(): return SecretNotFoundError
"""
APP = """
import julep.exceptions

def store(client):
    try:
        client.secrets.create(name="a", value="sk-fake-2")
    except julep.exceptions.SecretAlreadyExistsError:
        return False

def keep(client):
    import julep.client
"""
MODULE = """
from julep.client import Secrets
from julep.exceptions import SecretAlreadyExistsError, ValidationError
from app import keep, store

@pytest.mark.julep_secrets({"a": "sk-fake-1"})
def test_store(mock_secrets): assert store(julep.Julep()) is False

@pytest.mark.julep_secrets({"a": "sk-fake-1"})
def test_raised(mock_secrets, missing):
    try:
        julep.Julep().secrets.create(name="a", value="sk-fake-2")
    except SecretAlreadyExistsError as error:
        assert error.code == "conflict"

def test_import(mock_secrets): keep(julep.Julep())

def test_nothing(mock_secrets): assert Secrets is SecretsResource
"""


def test_imports_at_the_top_under_ini(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(app=APP)
    pytester.makeini("[pytest]\njulep_secrets_documented_api = true\npythonpath = .")

    pytester.makepyfile(test_it=HEAD + MODULE)
    result = pytester.runpytest_subprocess("-p", "no:randomly", *workers)

    result.assert_outcomes(passed=4)
    assert told(result) == [
        f"app.py passes only with {NO} julep.exceptions",
        f"conftest.py passes only with {NO} julep.exceptions",
        f"test_it.py passes only with {NO} julep.client, julep.exceptions",
        f"test_it.py::test_import passes only with {NO} julep.client",
        f"test_it.py::test_raised passes only with {NO} julep.exceptions",
        f"test_it.py::test_store passes only with {NO} julep.exceptions",
    ]
    assert unused(result) == []


@pytest.mark.parametrize(
    ("args", "named"),
    [
        ((), ["julep_secrets_documented_api = true"]),
        # Another one may use it.
        (("-k", "one"), []),
        (("--julep-secrets-strict",), []),
    ],
    ids=["all", "some", "strict"],
)
def test_an_ini_option_that_nothing_used(
    pytester: pytest.Pytester, args: tuple[str, ...], named: list[str]
) -> None:
    result = run(pytester, "def test_one(): pass\ndef test_two(): pass", INI, *args)

    assert unused(result) == named


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.ini", "[pytest]\njulep_secrets_documented_api = perhaps"),
        ("pyproject.toml", '[tool.pytest.ini_options]\njulep_secrets_documented_api = "perhaps"'),
    ],
)
def test_a_bad_ini_value(pytester: pytest.Pytester, name: str, text: str) -> None:
    (pytester.path / name).write_text(text)
    pytester.makepyfile("def test_it(): pass")

    result = pytester.runpytest_subprocess()

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            "ERROR: The ini option julep_secrets_documented_api is neither true nor false.",
            "Write it like this: julep_secrets_documented_api = true",
        ]
    )
    assert "Traceback" not in result.stderr.str()


def test_true_as_toml_has_it(pytester: pytest.Pytester) -> None:
    pytester.makepyprojecttoml("[tool.pytest.ini_options]\njulep_secrets_documented_api = true")

    result = run(pytester, "def test_it(): assert is_there()")

    result.assert_outcomes(passed=1)


def test_nothing_is_loaded_for_those_who_do_not_ask(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_it(mock_secrets):
            loaded = {name for name in sys.modules if name.startswith("pytest_julep_secrets.")}
            assert not {name for name in loaded if "reach.documented" in name}
            assert "pytest_julep_secrets.plugin.documented" not in loaded
        """
    )

    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_a_value_that_was_got_is_looked_for(pytester: pytest.Pytester) -> None:
    code = """
@documented
def test_it(mock_secrets): print(julep.Julep().secrets.get(name="a").value)

@pytest.mark.julep_secrets({"a": "sk-fake-8d1c07b35e"}, documented_api=True)
def test_leak(mock_secrets): print(julep.Julep().secrets.get(name="a").value)
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=2)
    assert "sk-fake-8d1c07b35e" not in result.stdout.str()


def test_a_test_that_does_not_pass_uses_it(pytester: pytest.Pytester) -> None:
    code = """
@documented
def test_skips(mock_secrets):
    julep.Julep().secrets.get(name="a")
    pytest.skip()

@documented
@pytest.mark.xfail
def test_xfail(mock_secrets):
    julep.Julep().secrets.get(name="a")
    assert False
"""

    result = run(pytester, code)

    assert told(result) == [
        f"test_it.py::test_skips uses {NO} secrets.get",
        f"test_it.py::test_xfail uses {NO} secrets.get",
    ]


def test_what_sets_a_class_or_a_module_up_is_listed_by_its_place(
    pytester: pytest.Pytester,
) -> None:
    code = """
def setup_module(): is_documented()

def is_documented():
    with MockSecrets({"a": "sk-fake-1"}): julep.Julep().secrets.get(name="a")

class TestOne:
    def setup_class(cls): is_documented()
    def test_one(self): pass

class TestTwo(unittest.TestCase):
    @classmethod
    def setUpClass(cls): is_documented()
    def test_two(self): pass
"""

    result = run(pytester, code, INI)

    assert told(result) == [
        f"what sets test_it.py up passes only with {NO} secrets.get",
        f"what sets test_it.py::TestOne up passes only with {NO} secrets.get",
        f"what sets test_it.py::TestTwo up passes only with {NO} secrets.get",
    ]


@pytest.mark.skipif(not hasattr(pytest, "Subtests"), reason="pytest has sub-tests from 9.0 on.")
def test_a_sub_test(pytester: pytest.Pytester) -> None:
    code = """
@documented
def test_sub(mock_secrets, subtests):
    with subtests.test("one"):
        julep.Julep().secrets.list(metadata={})
"""

    result = run(pytester, code)

    assert told(result) == [f"test_it.py::test_sub passes only with {NO} secrets.list(metadata=)"]


def test_async_tests(pytester: pytest.Pytester) -> None:
    code = """
@documented
@pytest.mark.asyncio
async def test_it(mock_secrets, async_julep_client):
    assert (await async_julep_client.secrets.get(name="a")).name == "a"
    await julep.AsyncJulep().secrets.update(name="a", new_name="b")
    assert list(mock_secrets) == ["b"]
"""

    result = run(pytester, code)

    result.assert_outcomes(passed=1)
    assert told(result) == [
        f"test_it.py::test_it passes only with {NO} secrets.get, secrets.update(name=)"
    ]


# --- the page about it

PAGE = Path(__file__).parent.parent.parent / "docs/how-to/documented-api.md"


def test_what_the_page_shows_is_what_is_told(pytester: pytest.Pytester) -> None:
    page = PAGE.read_text()
    texts = re.findall(r"^```text\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    code = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    get = 'def test_fails(): julep.Julep(api_key="fake").secrets.get(name="a")'
    pytester.makepyfile(test_it="\n".join([*code, get]))

    result = pytester.runpytest("-p", "no:randomly")

    result.assert_outcomes(passed=2, failed=1)
    lines = [line.removeprefix("E   ") for line in result.outlines]
    shown = "".join(texts).replace("2.21.0", version("julep")).splitlines()
    assert [line for line in shown if line not in lines] == []


def test_the_pages_table_has_what_the_hints_say() -> None:
    page = PAGE.read_text()
    said = [hints.GET, hints.UPDATE, hints.DELETE, hints.FILTER]

    parts = [part for hint in said for part in hint.instead.split("; ")]
    assert [part for part in parts if f"`{part}` |" not in page] == []
