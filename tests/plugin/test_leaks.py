"""The leak check at the end of each phase: what it finds, who answers for it, how it shows."""

from __future__ import annotations

from collections import Counter

import pytest

VALUE = "sk-fake-8d1c07b35e"

HEAD = """
import logging, sys
import julep, pytest

VALUE = "sk-fake-" + "8d1c07b35e"
log = logging.getLogger("billing")

"""

WORKERS = [pytest.param((), id="serial"), pytest.param(("-n", "2"), id="n2")]


def run(pytester: pytest.Pytester, code: str, *args: str) -> pytest.RunResult:
    pytester.makepyfile(test_it=HEAD + code)
    return pytester.runpytest("-p", "no:randomly", "--junitxml=junit.xml", *args)


def shown(pytester: pytest.Pytester, result: pytest.RunResult) -> str:
    """All that the run printed, and its JUnit file."""
    text = result.stdout.str() + result.stderr.str()
    return text + (pytester.path / "junit.xml").read_text()


# --- where


PHASES = """
@pytest.fixture
def in_setup(mock_secrets, request):
    mock_secrets.create(name="key", value=VALUE)
    request.param()

@pytest.fixture
def in_teardown(mock_secrets, request):
    mock_secrets.create(name="key", value=VALUE)
    yield
    request.param()

ways = pytest.mark.parametrize
CALLS = [
    pytest.param(lambda: print(VALUE), id="stdout"),
    pytest.param(lambda: print(VALUE, file=sys.stderr), id="stderr"),
    pytest.param(lambda: log.warning("key: %s", VALUE), id="log"),
]

@pytest.mark.parametrize("in_setup", CALLS, indirect=True)
def test_setup(in_setup): pass

@pytest.mark.parametrize("leak", CALLS)
def test_call(mock_secrets, leak):
    mock_secrets.create(name="key", value=VALUE)
    leak()

@pytest.mark.parametrize("in_teardown", CALLS, indirect=True)
def test_teardown(in_teardown): pass
"""


@pytest.mark.parametrize("workers", WORKERS)
def test_every_phase_and_every_capture(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    result = run(pytester, PHASES, "-rA", "-o", "junit_logging=all", *workers)

    # What leaks in the teardown comes after the call was told to have passed.
    result.assert_outcomes(failed=6, passed=3, errors=3)
    text = shown(pytester, result)
    for phase in ("setup", "call", "teardown"):
        for kind in ("stdout", "stderr", "log"):
            end = ", from the logger 'billing'." if kind == "log" else "."
            sentence = f"Secret 'key' reached the captured {kind} of the {phase} phase, line 1"
            assert sentence + end in text
    assert "WARNING  billing:test_it.py:" in text
    assert "key: REDACTED:key" in text
    assert VALUE not in text


def test_the_message_says_what_to_look_for(pytester: pytest.Pytester) -> None:
    code = """
def test_it(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
    print("one")
    print("two", VALUE, VALUE)
"""

    result = run(pytester, code)

    result.stdout.fnmatch_lines(
        [
            "*_ test_it _*",
            "Secret 'key' reached the captured stdout of the call phase, line 2.",
            "What is shown as REDACTED:key must not be printed, logged or raised.",
            "*- Captured stdout call -*",
            "one",
            "two REDACTED:key REDACTED:key",
        ],
        consecutive=True,
    )
    result.stdout.fnmatch_lines(
        ["FAILED test_it.py::test_it - JulepSecretsLeak: Secret 'key' reached the ca*"]
    )


def test_what_an_exception_says_is_a_leak(pytester: pytest.Pytester) -> None:
    code = """
def store(mock_secrets): mock_secrets.create(name="key", value=VALUE)

def test_text(mock_secrets):
    store(mock_secrets)
    raise LookupError(f"no {VALUE}")

def test_cause(mock_secrets):
    store(mock_secrets)
    raise LookupError("no") from ValueError(VALUE)

def test_context(mock_secrets):
    store(mock_secrets)
    try:
        raise ValueError(VALUE)
    except ValueError:
        raise LookupError("no")

def test_note(mock_secrets):
    store(mock_secrets)
    error = LookupError("no")
    error.add_note(VALUE)
    raise error

def test_group(mock_secrets):
    store(mock_secrets)
    raise ExceptionGroup("several", [LookupError("no"), ValueError(VALUE)])

def test_the_sdks_echo(mock_secrets):
    julep.Julep().secrets.create(name=None, value=VALUE)

@pytest.mark.xfail
def test_xfail(mock_secrets):
    store(mock_secrets)
    raise LookupError(f"no {VALUE}")

def test_imperative_xfail(mock_secrets):
    store(mock_secrets)
    pytest.xfail(f"no {VALUE}")

def test_skip(mock_secrets):
    store(mock_secrets)
    pytest.skip(f"no {VALUE}")

@pytest.fixture
def broken(mock_secrets):
    store(mock_secrets)
    raise LookupError(f"no {VALUE}")

def test_setup(broken): pass
"""

    result = run(pytester, code, "-rA")

    result.assert_outcomes(failed=9, errors=1)
    text = shown(pytester, result)
    assert text.count(" reached the text of ") >= 10
    assert VALUE not in text


def test_what_pytest_says_of_a_failure_is_redacted_and_no_finding(
    pytester: pytest.Pytester,
) -> None:
    code = """
@pytest.fixture
def value(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
    return VALUE

def test_introspection(value):
    assert value == "another"

def test_diff(value):
    assert {"a": value} == {"a": "another", "b": 1}

def test_message(value):
    assert False, f"is {value}"

def test_locals(value):
    copy = [value]
    assert not copy

@pytest.mark.skipif(pytest.version_tuple < (8, 4), reason="shows what was raised: a finding")
def test_raises(value):
    with pytest.raises(LookupError, match="another"):
        raise LookupError(value)

@pytest.mark.xfail
def test_xfail(value):
    assert value == "another"

def test_literal(mock_secrets):
    mock_secrets.create(name="literal", value="sk-fake-in-the-source-1")
    raise LookupError
"""

    result = run(pytester, code, "-rA", "-l", "-vv")

    skipped = int(pytest.version_tuple < (8, 4))
    result.assert_outcomes(failed=6 - skipped, xfailed=1, skipped=skipped)
    text = shown(pytester, result)
    assert "julep secrets" not in text
    assert "REDACTED:key" in text
    assert "REDACTED:literal" in text
    assert VALUE not in text
    assert "sk-fake-in-the-source-1" not in text


@pytest.mark.parametrize("style", ["auto", "long", "short", "line", "native", "no"])
def test_the_sdks_frames_in_every_style_of_traceback(pytester: pytest.Pytester, style: str) -> None:
    code = """
def test_it(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
    julep.Julep(max_retries=0).secrets.create(name="key", value=VALUE)
"""

    result = run(pytester, code, f"--tb={style}", "-l", "--full-trace")

    result.assert_outcomes(failed=1)
    assert VALUE not in shown(pytester, result)


# --- what


def test_every_value_that_arrived_accepted_or_refused(pytester: pytest.Pytester) -> None:
    code = """
from contextlib import suppress

client = julep.Julep(api_key="fake")

WAYS = ["created", "conflict", "invalid", "wrong_type", "nested", "renamed", "read"]

@pytest.fixture(params=WAYS)
def arrived(request, mock_secrets):
    if request.param == "created":
        client.secrets.create(name="key", value=VALUE)
    if request.param == "conflict":
        mock_secrets.create(name="key", value="sk-fake-other")
        with suppress(julep.ConflictError):
            client.secrets.create(name="key", value=VALUE)
    if request.param == "invalid":
        with suppress(julep.BadRequestError):
            client.secrets.create(name="no-name", value=VALUE)
    if request.param == "wrong_type":
        with suppress(julep.UnprocessableEntityError):
            client.secrets.create(name=None, value=VALUE)
    if request.param == "nested":
        with suppress(julep.UnprocessableEntityError):
            client.secrets.create(name="key", value={"password": [VALUE]})
    if request.param == "renamed":
        made = client.secrets.create(name="old", value="sk-fake-other")
        client.secrets.update(made.id, name="new", value=VALUE)
    if request.param == "read":
        mock_secrets.create(name="key", value=VALUE)
        mock_secrets.update(name="key", value="sk-fake-other")

def test_it(arrived):
    print(VALUE)
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=7)
    assert VALUE not in shown(pytester, result)


def test_versions_of_a_rotation_are_numbered(pytester: pytest.Pytester) -> None:
    code = """
def test_it(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
    mock_secrets.update(name="key", value="sk-fake-second")
    print(VALUE, "sk-fake-second")

def test_of_a_test_alone(mock_secrets):
    mock_secrets.create(name="key", value="sk-fake-third")
    print("sk-fake-third")
"""

    result = run(pytester, code)

    result.stdout.fnmatch_lines(["REDACTED:key#1 REDACTED:key#2", "REDACTED:key"])


def test_a_name_that_cannot_be_shown_is_a_number(pytester: pytest.Pytester) -> None:
    code = """
def test_a_value(mock_secrets):
    mock_secrets.create(name="key", value="sk_fake_name")
    mock_secrets.create(name="sk_fake_name", value=VALUE)
    print(VALUE)

def test_markup(mock_secrets):
    with pytest.raises(julep.BadRequestError):
        julep.Julep().secrets.create(name='"><b', value=VALUE + "2")
    print(VALUE + "2")
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=2)
    text = shown(pytester, result)
    assert "REDACTED:2" in text
    assert "sk_fake_name" not in text
    assert VALUE not in text


def test_too_common_values_are_told_in_one_line(pytester: pytest.Pytester) -> None:
    code = """
@pytest.mark.parametrize("value", ["short", "12345678", "password", "ENCRYPTED"])
def test_it(mock_secrets, value):
    mock_secrets.create(name="key_" + value, value=value)
    print(value)

def test_its_own_name(mock_secrets):
    mock_secrets.create(name="same_as_value", value="same_as_value")
"""

    result = run(pytester, code, "-W", "error")

    result.assert_outcomes(passed=5)
    result.stdout.fnmatch_lines(
        [
            "*= julep secrets =*",
            (
                "Not looked for by the leak check: values a common word ('key_password', "
                "'key_ENCRYPTED'), all digits ('key_12345678'), equal to its name ('(unnamed)'), "
                "under 6 characters ('key_short')"
            ),
        ]
    )
    assert "same_as_value" not in result.stdout.str()


# --- who


ATTRIBUTION = """
import os
from pytest_julep_secrets import MockSecrets

MODULE, SESSION = "sk-fake-module-1", "sk-fake-session-1"

@pytest.fixture(scope="session")
def session_secrets():
    with MockSecrets({"session": SESSION}) as secrets:
        yield secrets

@pytest.fixture(scope="module")
def module_secrets(session_secrets):
    with MockSecrets({"module": MODULE}) as secrets:
        yield secrets

def test_a_uses_and_leaks_both(module_secrets):
    print(MODULE, SESSION)

def test_b_asks_by_name_and_leaks(request):
    request.getfixturevalue("session_secrets")
    print(SESSION)

def test_c_uses_and_leaks_not(module_secrets):
    pass

def test_d_leaks_without_having_stored():
    print(MODULE, SESSION)

def test_e_leaks_anothers(mock_secrets):
    mock_secrets.create(name="own", value="sk-fake-own-1")
    print(MODULE)

def test_f_leaks_its_own(mock_secrets):
    mock_secrets.create(name="own", value="sk-fake-own-1")
    print("sk-fake-own-1")

def test_g_stores_in_the_wider_one_and_leaks(module_secrets):
    module_secrets.update(name="module", value=MODULE)
    module_secrets.snapshot()
    print("sk-fake-own-1")
    print(MODULE)
"""

FAILING = {
    "test_a_uses_and_leaks_both",
    "test_b_asks_by_name_and_leaks",
    "test_f_leaks_its_own",
    "test_g_stores_in_the_wider_one_and_leaks",
}


def failed(result: pytest.RunResult) -> set[str]:
    lines = [line.split(" - ")[0] for line in result.outlines if line.startswith("FAILED ")]
    return {line.partition("::")[2] for line in lines}


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(("-p", "no:randomly"), id="in order"),
        pytest.param(("-p", "no:randomly", "-n", "2"), id="n2"),
        pytest.param(("--randomly-seed=1",), id="shuffled 1"),
        pytest.param(("--randomly-seed=2",), id="shuffled 2"),
        pytest.param(("--randomly-seed=3",), id="shuffled 3"),
    ],
)
def test_who_answers_for_a_value_does_not_depend_on_the_order(
    pytester: pytest.Pytester, args: tuple[str, ...]
) -> None:
    pytester.makepyfile(test_it=HEAD + ATTRIBUTION)

    assert failed(pytester.runpytest(*args)) == FAILING


def test_nor_on_what_else_is_selected(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_it=HEAD + ATTRIBUTION)
    names = [
        line.split("(")[0].removeprefix("def ")
        for line in ATTRIBUTION.splitlines()
        if line.startswith("def test_")
    ]

    alone = [failed(pytester.runpytest(f"test_it.py::{name}")) for name in names]

    assert set().union(*alone) == FAILING


def test_elsewhere_a_value_is_redacted_and_told_once(pytester: pytest.Pytester) -> None:
    result = run(pytester, ATTRIBUTION, "-rA")

    result.stdout.fnmatch_lines(
        ["Redacted in text of tests that have not stored them: 'module', 'session', 'own'"]
    )
    text = shown(pytester, result)
    for value in ("sk-fake-module-1", "sk-fake-session-1", "sk-fake-own-1"):
        assert value not in text


def test_a_fake_made_at_import_is_answered_for_by_who_starts_it(pytester: pytest.Pytester) -> None:
    code = """
from pytest_julep_secrets import MockSecrets

secrets = MockSecrets({"key": VALUE})

def test_starts_and_leaks():
    with secrets:
        print(VALUE)

def test_leaks_only():
    print(VALUE)
"""

    result = run(pytester, code, "-rA")

    result.assert_outcomes(failed=1, passed=1)
    assert VALUE not in shown(pytester, result)


def test_an_idle_test_is_left_alone(pytester: pytest.Pytester) -> None:
    code = """
def test_it():
    print(VALUE)
"""

    result = run(pytester, code, "-rA")

    result.assert_outcomes(passed=1)
    assert Counter(result.outlines)[VALUE] == 1


# --- how strictly


LEAK = """
def test_it(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
    print(VALUE)
"""


def test_off_still_redacts(pytester: pytest.Pytester) -> None:
    result = run(pytester, LEAK, "--julep-secrets", "leaks=off", "-rA")

    result.assert_outcomes(passed=1)
    assert VALUE not in shown(pytester, result)
    assert "julep secrets" not in result.stdout.str()


@pytest.mark.parametrize("workers", WORKERS)
def test_warn_tells_in_the_summary(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    result = run(pytester, LEAK, "--julep-secrets", "leaks=warn", "-rA", *workers)

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        [
            "*= julep secrets =*",
            (
                "leaks: Secret 'key' reached the captured stdout of the call phase, line 1. "
                "(test_it.py::test_it)"
            ),
        ]
    )
    assert VALUE not in shown(pytester, result)


# --- one failure


def test_what_failed_by_itself_keeps_what_it_said(pytester: pytest.Pytester) -> None:
    code = """
def test_it(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
    print(VALUE)
    assert "this" == "that"
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E       AssertionError: assert 'this' == 'that'",
            "*- julep secrets -*",
            "Secret 'key' reached the captured stdout of the call phase, line 1.",
        ]
    )


def test_a_failed_call_tells_of_its_teardowns_leak(pytester: pytest.Pytester) -> None:
    code = """
@pytest.fixture
def fixture(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
    yield
    print(VALUE)

def test_it(fixture):
    assert False
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*julep secrets: teardown*",
            "Secret 'key' reached the captured stdout of the teardown phase, line 1.",
        ]
    )
    assert VALUE not in shown(pytester, result)


def test_a_skip_stays_a_skip(pytester: pytest.Pytester) -> None:
    code = """
def test_it(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
    pytest.skip("not today")
"""

    run(pytester, code).assert_outcomes(skipped=1)
