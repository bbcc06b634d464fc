"""What users allow to show, and what is looked for in every test."""

from __future__ import annotations

import pytest

VALUE = "sk-fake-8d1c07b35e"

HEAD = """
import logging
import julep, pytest

VALUE = "sk-fake-" + "8d1c07b35e"

"""


def run(pytester: pytest.Pytester, code: str, *args: str) -> pytest.RunResult:
    pytester.makepyfile(test_it=HEAD + code)
    return pytester.runpytest("-p", "no:randomly", "-rA", *args)


ALLOWED = """
@pytest.mark.julep_secrets(allow_leaks=["key", "unused"])
def test_allowed(mock_secrets):
    mock_secrets.create(name="key", value="sk-fake-old-8d1c")
    mock_secrets.update(name="key", value=VALUE)
    print(VALUE)

@pytest.mark.julep_secrets(allow_leaks=["another"])
def test_another(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
    print(VALUE)
"""


def test_a_named_secret_may_show_in_a_test(pytester: pytest.Pytester) -> None:
    result = run(pytester, ALLOWED)

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "Exemptions: 1 used (allow_leaks key)",
            "Exemptions that nothing needed: allow_leaks unused, allow_leaks another",
        ]
    )
    assert VALUE not in result.stdout.str()


def test_strict_ignores_every_exemption(pytester: pytest.Pytester) -> None:
    code = (
        ALLOWED
        + """
@pytest.mark.julep_secrets(allow_names=["prod_key"])
def test_name(mock_secrets):
    mock_secrets.create(name="prod_key", value=VALUE)

def test_logger(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
    logging.getLogger("noisy.part").error(VALUE)
"""
    )
    ini = ("-o", "julep_secrets_ignore_loggers=noisy")

    loose = run(pytester, code, *ini)
    strict = run(pytester, code, *ini, "--julep-secrets-strict")

    loose.assert_outcomes(passed=3, failed=1)
    strict.assert_outcomes(failed=4)


def test_the_sdks_own_debug_line_is_told_by_its_logger(pytester: pytest.Pytester) -> None:
    code = """
def test_it(mock_secrets, caplog):
    caplog.set_level(logging.DEBUG)
    julep.Julep().secrets.create(name="key", value=VALUE)
"""

    told = run(pytester, code)
    ignored = run(pytester, code, "-o", "julep_secrets_ignore_loggers=julep._base_client")

    told.assert_outcomes(failed=1)
    told.stdout.fnmatch_lines(
        ["Secret 'key' reached the captured log *, from the logger 'julep._base_client'."]
    )
    ignored.assert_outcomes(passed=1)
    ignored.stdout.fnmatch_lines(
        ["Exemptions: 1 used (julep_secrets_ignore_loggers julep._base_client)"]
    )
    assert VALUE not in told.stdout.str() + ignored.stdout.str()


def test_an_ignored_logger_hides_no_other(pytester: pytest.Pytester) -> None:
    code = """
@pytest.mark.parametrize("name", ["noisy", "noisy.part", "noisyless", "app"])
def test_it(mock_secrets, name):
    mock_secrets.create(name="key", value=VALUE)
    logging.getLogger(name).error(VALUE)

def test_both(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
    logging.getLogger("noisy").error(VALUE)
    logging.getLogger("app").error(VALUE)
"""

    result = run(pytester, code, "-o", "julep_secrets_ignore_loggers=noisy")

    result.assert_outcomes(passed=2, failed=3)


# --- every exemption, needed or not

EVERY = """
from pytest_julep_secrets import MockSecrets

@pytest.mark.julep_secrets(allow_names=["prod_marked", "prod_marked_2"], allow_leaks=["key", "k2"])
def test_marker(mock_secrets):
    mock_secrets.create(name="prod_marked", value="sk-fake-old-8d1c")
    mock_secrets.create(name="key", value=VALUE)
    print(VALUE)

@pytest.mark.julep_secrets(allow_names=["prod_no_fake"])
def test_without_a_fake(): pass

@pytest.mark.skip
@pytest.mark.julep_secrets(allow_names=["prod_skipped"])
def test_skipped(): pass

def test_ini(mock_secrets):
    mock_secrets.create(name="prod_ini", value=VALUE)
    logging.getLogger("noisy.part").error(VALUE)

def test_object():
    MockSecrets({"prod_own": "sk-fake-1"}, allow_names=["prod_own", "prod_own_2"])
"""
EVERY_INI = """[pytest]
julep_secrets_allow_names =
    prod_ini
    prod_ini_2
julep_secrets_ignore_loggers =
    noisy
    quiet
"""
USED = (
    "Exemptions: 5 used (allow_leaks key, allow_names prod_ini, allow_names prod_marked, "
    "allow_names prod_own, julep_secrets_ignore_loggers noisy)"
)
UNUSED = {
    "allow_names prod_marked_2", "allow_leaks k2", "allow_names prod_no_fake",
    "allow_names prod_own_2", "allow_names prod_ini_2", "julep_secrets_ignore_loggers quiet",
}  # fmt: skip


def unused(result: pytest.RunResult) -> set[str]:
    """Return the exemptions that a summary names as such that nothing needed."""
    head = "Exemptions that nothing needed: "
    lines = [line for line in result.outlines if line.startswith(head)]
    return set(lines[0].removeprefix(head).split(", ")) if lines else set()


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "n2"])
def test_every_exemption_is_counted_or_named(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    pytester.makeini(EVERY_INI)

    result = run(pytester, EVERY, *workers)

    result.assert_outcomes(passed=4, skipped=1)
    result.stdout.fnmatch_lines([USED])
    assert unused(result) == UNUSED


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "n2"])
def test_strict_ignores_them_and_names_none(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    pytester.makeini(EVERY_INI)

    result = run(pytester, EVERY, *workers, "--julep-secrets-strict")

    result.assert_outcomes(passed=1, failed=3, skipped=1)
    result.stdout.no_fnmatch_line("Exemptions*")


@pytest.mark.parametrize(
    ("args", "named"),
    [
        pytest.param((), True, id="all"),
        pytest.param(("-x",), True, id="all, although one might have been the last"),
        pytest.param(("-k", "one"), False, id="some"),
        pytest.param(("test_it.py::test_one",), False, id="one"),
        pytest.param(("--collect-only",), False, id="none"),
    ],
)
def test_those_of_ini_are_named_if_no_test_was_left_out(
    pytester: pytest.Pytester, args: tuple[str, ...], *, named: bool
) -> None:
    pytester.makeini(EVERY_INI)

    result = run(pytester, "def test_one(): pass\ndef test_two(): pass", *args)

    assert result.ret == 0
    assert unused(result) == (
        {
            "allow_names prod_ini", "allow_names prod_ini_2",
            "julep_secrets_ignore_loggers noisy", "julep_secrets_ignore_loggers quiet",
        }
        if named
        else set()
    )  # fmt: skip


# --- values of the environment


WATCHED = """
import os

def test_leaks():
    print("connect with", os.environ["STRIPE_KEY"])

def test_leaks_not():
    print("connect")

def test_leaks_a_file_entry():
    print("hunter2-" + "hunter2")
"""


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "n2"])
def test_values_of_the_environment_must_not_show_in_any_test(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, workers: tuple[str, ...]
) -> None:
    monkeypatch.setenv("STRIPE_KEY", VALUE)
    pytester.makeini("[pytest]\njulep_secrets_watch_env =\n    STRIPE_*\n    .env:*PASSWORD")
    (pytester.path / ".env").write_text(
        "# entries\nexport DB_PASSWORD='hunter2-hunter2'\nOTHER=sk-fake-other # more\n"
    )

    result = run(pytester, WATCHED, *workers)

    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines_random(
        [
            "Secret 'STRIPE_KEY' reached the captured stdout of the call phase, line 1.",
            "Secret 'DB_PASSWORD' reached the captured stdout of the call phase, line 1.",
        ]
    )
    assert VALUE not in result.stdout.str()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeffA=hunter2-hunter2", id="a byte order mark"),
        pytest.param("B=\nA=hunter2-hunter2", id="after an empty one"),
        pytest.param("A=hunter2-hunter2 # it", id="a comment"),
        pytest.param("A = 'hunter2-hunter2'#it", id="a comment after quotes"),
        pytest.param('B="\\"\nA=x"\nexport A="hunter2-hunter2"', id="after an escaped quote"),
    ],
)
def test_entries_of_files(pytester: pytest.Pytester, text: str) -> None:
    (pytester.path / ".env").write_text(text, encoding="utf-8")

    result = run(pytester, WATCHED, "-k", "file", "-o", "julep_secrets_watch_env=.env:A")

    result.stdout.fnmatch_lines(["Secret 'A' reached the captured stdout of the call phase*"])
    assert "REDACTED:A\n" in result.stdout.str()


def test_a_value_of_a_file_may_hold_a_hash(pytester: pytest.Pytester) -> None:
    (pytester.path / ".env").write_text("A=ab#hunter2-hunter2")

    result = run(
        pytester, "def test(): print('ab#hunter2-hunter2')", "-o", "julep_secrets_watch_env=.env:A"
    )

    result.assert_outcomes(failed=1)


@pytest.mark.parametrize("entry", [".env", "conf/test.env"])
def test_a_file_without_a_name_is_wrong_usage(pytester: pytest.Pytester, entry: str) -> None:
    result = run(pytester, WATCHED, "-o", f"julep_secrets_watch_env={entry}")

    result.stderr.fnmatch_lines(
        [
            f"ERROR: The ini option julep_secrets_watch_env says '{entry}', which is no variable.",
            "Entries of a file are written like this: .env:[*]_PASSWORD",
        ]
    )
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_a_file_that_is_not_there_is_one_clear_sentence(pytester: pytest.Pytester) -> None:
    result = run(pytester, WATCHED, "-o", "julep_secrets_watch_env=missing.env:*")

    text = result.stdout.str() + result.stderr.str()
    assert "ERROR: The file 'missing.env' cannot be read: No such file or directory." in text
    assert "Check julep_secrets_watch_env." in text
    assert "Traceback" not in text
    assert result.ret == pytest.ExitCode.USAGE_ERROR
