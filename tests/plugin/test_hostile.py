"""What a run survives, and leaves as it was, once a fake was made."""

from __future__ import annotations

import pytest

HEAD = """
import warnings
import pytest
from pytest_julep_secrets import MockSecrets

VALUE = "sk-fake-" + "8d1c07b35e"

def test_first(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)

"""


def run(pytester: pytest.Pytester, code: str, *args: str) -> pytest.RunResult:
    pytester.makepyfile(test_it=HEAD + code)
    return pytester.runpytest_subprocess("-p", "no:randomly", *args, timeout=60)


@pytest.mark.parametrize("mark", ["leakz='off'", "allow_names=[5, None]", "allow_names=[['x']]"])
def test_a_bad_marker_fails_its_test_and_nothing_else(pytester: pytest.Pytester, mark: str) -> None:
    result = run(
        pytester, f"@pytest.mark.julep_secrets({mark})\ndef test_bad(): pass\ndef test_last(): pass"
    )

    result.assert_outcomes(passed=2, errors=1)
    assert "Traceback" not in result.stdout.str()


def test_a_warning_that_wants_two_arguments_is_redacted(pytester: pytest.Pytester) -> None:
    code = """
class Odd(UserWarning):
    def __init__(self, a, b): super().__init__(f"{a}: {b}")

def test_it(mock_secrets):
    warnings.warn(Odd("old", VALUE))
"""

    result = run(pytester, code)

    result.assert_outcomes(passed=2, warnings=1)
    assert "sk-fake-8d1c07b35e" not in result.stdout.str()


@pytest.mark.parametrize("option", ["--junitxml=/dev/stdout", "--log-file=/dev/stderr"])
def test_an_output_that_is_no_file_is_left_alone(pytester: pytest.Pytester, option: str) -> None:
    assert run(pytester, "", option).ret == 0


def test_what_is_the_users_is_not_changed(pytester: pytest.Pytester) -> None:
    code = """
CONFIG = {"key": VALUE, "all": [VALUE]}

def test_property(record_property):
    record_property("config", CONFIG)

def test_after():
    assert CONFIG == {"key": VALUE, "all": [VALUE]}
"""

    run(pytester, code, "--junitxml=junit.xml").assert_outcomes(passed=3)


def test_what_holds_itself_is_no_trouble(pytester: pytest.Pytester) -> None:
    code = """
def test_property(record_property):
    a = ["x"]
    a.append(a)
    record_property("a", a)

def test_comparison():
    a = [1]
    a.append(a)
    assert a == [1, a, 3]
"""

    result = run(pytester, code)

    result.assert_outcomes(passed=2, failed=1)
    result.stdout.no_fnmatch_line("*RecursionError*")


OWNERS = {
    "an override counts": (
        """
@pytest.fixture(scope="module")
def store():
    with MockSecrets({"shared": VALUE + "1"}) as secrets:
        yield secrets

class TestIt:
    @pytest.fixture(scope="class")
    def store(self, store): return store

    def test_uses(self, store): pass

    def test_leaks(self, store): print(store["shared"])
""",
        ["TestIt::test_leaks"],
    ),
    "what a fixture asked for at run time counts": (
        """
@pytest.fixture(scope="module")
def store():
    with MockSecrets({"shared": VALUE + "2"}) as secrets:
        yield secrets

@pytest.fixture(scope="module")
def app(request): return request.getfixturevalue("store")

def test_uses(app): pass

def test_leaks(app): print(VALUE + "2")
""",
        ["test_leaks"],
    ),
    "of values in each other any counts": (
        """
def test_longer(mock_secrets):
    mock_secrets.create(name="dsn", value="postgres://u:hunter2-x9@db/x")

def test_leaks(mock_secrets):
    mock_secrets.create(name="pw", value="hunter2-x9")
    print("postgres://u:hunter2-x9@db/x")
""",
        ["test_leaks"],
    ),
    "what is printed first and stored later counts": (
        """
@pytest.fixture
def early(): print(VALUE)

def test_leaks(early, mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
""",
        ["test_leaks"],
    ),
}


@pytest.mark.parametrize("name", OWNERS)
def test_who_answers_is_the_same_alone_and_after_others(
    pytester: pytest.Pytester, name: str
) -> None:
    code, leaking = OWNERS[name]

    together = run(pytester, code, "-rf")
    alone = run(pytester, code, "-rf", *(f"test_it.py::{test}" for test in leaking))

    for result in (together, alone):
        failed = [line for line in result.outlines if line.startswith("FAILED ")]
        assert len(failed) == len(leaking)
        assert all(
            f"test_it.py::{test}" in line for test, line in zip(leaking, failed, strict=True)
        )


def test_values_of_one_name_are_told_apart(pytester: pytest.Pytester) -> None:
    code = """
def test_rotation(mock_secrets):
    mock_secrets.create(name="key", value="sk-fake-another-1")
    assert mock_secrets["key"] == VALUE
"""

    result = run(pytester, code)

    result.stdout.fnmatch_lines(["E*assert 'REDACTED:key' == 'REDACTED:key#other'"])


def test_a_level_does_not_disturb_who_expects(pytester: pytest.Pytester) -> None:
    code = """
def test_expects(mock_secrets):
    with mock_secrets.expect_violation("names"):
        mock_secrets.create(name="prod_key", value=VALUE)
"""

    run(pytester, code, "--julep-secrets", "names=warn").assert_outcomes(passed=2)
