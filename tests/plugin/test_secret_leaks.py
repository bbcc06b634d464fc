"""The fixture `secret_leaks`, for a test's own questions."""

from __future__ import annotations

import pytest

HEAD = """
import logging
import pytest
from pytest_julep_secrets import LeakError

VALUE = "sk-fake-" + "8d1c07b35e"

"""


def run(pytester: pytest.Pytester, code: str, *args: str) -> pytest.RunResult:
    pytester.makepyfile(test_it=HEAD + code)
    return pytester.runpytest("-p", "no:randomly", "--julep-secrets", "leaks=off", *args)


def test_it_looks_into_what_the_capture_fixtures_give(pytester: pytest.Pytester) -> None:
    code = """
def test_caplog(mock_secrets, secret_leaks, caplog):
    mock_secrets.create(name="key", value=VALUE)
    secret_leaks.assert_none(caplog, caplog.text)
    logging.getLogger("app").error("%s", VALUE)
    with pytest.raises(LeakError) as caught:
        secret_leaks.assert_none(caplog)
    assert str(caught.value) == "Secret 'key' reached the captured log, line 1."

@pytest.mark.parametrize("capture", ["capsys", "capfd"])
def test_capsys(mock_secrets, secret_leaks, capture, request):
    capture = request.getfixturevalue(capture)
    mock_secrets.create(name="key", value=VALUE)
    print("nothing")
    secret_leaks.assert_none(capture.readouterr())
    print("two", VALUE, sep="\\n")
    found = secret_leaks.find(capture.readouterr())
    assert [str(one) for one in found] == ["Secret 'key' reached the captured stdout, line 2."]

def test_capsys_itself(mock_secrets, secret_leaks, capsys):
    mock_secrets.create(name="key", value=VALUE)
    print("one", VALUE, sep="\\n")
    found = secret_leaks.find(capsys)
    assert [str(one) for one in found] == ["Secret 'key' reached the captured stdout, line 2."]
    assert capsys.readouterr().out == f"one\\n{VALUE}\\n"
"""

    run(pytester, code).assert_outcomes(passed=4)


def test_it_looks_for_what_the_test_names(pytester: pytest.Pytester) -> None:
    code = """
def test_it(secret_leaks):
    secret_leaks.watch("password", VALUE)
    with pytest.raises(LeakError) as caught:
        secret_leaks.assert_none(f"login with {VALUE}")
    assert [(one.name, one.form) for one in caught.value.findings] == [("password", "plain")]

def test_what_another_test_named_is_not_looked_for(secret_leaks):
    secret_leaks.watch("another", "sk-fake-another")
    secret_leaks.assert_none(VALUE)
"""

    run(pytester, code).assert_outcomes(passed=2)


def test_the_end_of_the_test_looks_for_it_too(pytester: pytest.Pytester) -> None:
    code = """
def test_it(secret_leaks):
    secret_leaks.watch("password", VALUE)
    print(VALUE)
"""
    pytester.makepyfile(HEAD + code)

    result = pytester.runpytest()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["Secret 'password' reached the captured stdout*"])
    assert "8d1c07b35e" not in result.stdout.str().replace('"8d1c07b35e"', "")


def test_a_check_that_cannot_fail_fails(pytester: pytest.Pytester) -> None:
    code = """
def test_nothing_stored(secret_leaks, caplog):
    secret_leaks.assert_none(caplog)

def test_nothing_telling_stored(mock_secrets, secret_leaks, caplog):
    mock_secrets.create(name="key", value="short")
    secret_leaks.assert_none(caplog)

def test_nothing_to_look_into(mock_secrets, secret_leaks):
    mock_secrets.create(name="key", value=VALUE)
    secret_leaks.assert_none()
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines(
        [
            "*LeakError: This leak check could not have found anything: no value is looked for.",
            "*Check after your code has stored a secret, or name one: *",
            "*TypeError: There is nothing to look into.",
        ]
    )


def test_its_failure_shows_no_value(pytester: pytest.Pytester) -> None:
    code = """
def test_it(mock_secrets, secret_leaks):
    mock_secrets.create(name="key", value=VALUE)
    text = f"login with {VALUE}"
    secret_leaks.assert_none(text)
"""

    result = run(pytester, code, "-l", "-vv", "--full-trace")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E*LeakError: Secret 'key' reached the text, line 1."])
    assert "sk-fake-8d1c07b35e" not in result.stdout.str()


def test_wider_fixtures_that_the_test_uses_count(pytester: pytest.Pytester) -> None:
    code = """
from pytest_julep_secrets import MockSecrets

@pytest.fixture(scope="module")
def shared():
    with MockSecrets({"key": VALUE}) as secrets:
        yield secrets

def test_uses_it(shared, secret_leaks):
    assert len(secret_leaks.find(VALUE)) == 1

def test_uses_it_not(secret_leaks):
    secret_leaks.watch("another", "sk-fake-another")
    assert secret_leaks.find(VALUE) == []
"""

    run(pytester, code).assert_outcomes(passed=2)
