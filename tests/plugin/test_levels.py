"""Levels and exemptions: who says how strictly a check is taken, and who wins."""

from __future__ import annotations

import pytest

TEST = """
import pytest

{module}

{mark}
def test_it(mock_secrets):
    mock_secrets.create(name="prod_key", value="sk-fake-8d1c07b35e")
"""

WARNED = "names: Secret name 'prod_key' looks like production: it contains the word 'prod'."


def run(
    pytester: pytest.Pytester, *args: str, mark: str = "", module: str = "", ini: str = ""
) -> pytest.RunResult:
    pytester.makeini(f"[pytest]\n{ini}")
    pytester.makepyfile(test_it=TEST.format(mark=mark, module=module))
    return pytester.runpytest(*args)


MARK = "@pytest.mark.julep_secrets(names='{}')"
OFF, WARN = "names=off", "names=warn"


# --- precedence, one rung a test


def test_the_default_is_error(pytester: pytest.Pytester) -> None:
    run(pytester).assert_outcomes(failed=1)


def test_ini_over_the_default(pytester: pytest.Pytester) -> None:
    run(pytester, ini=f"julep_secrets = {OFF}").assert_outcomes(passed=1)


def test_the_command_line_over_ini(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--julep-secrets", "names=error", ini=f"julep_secrets = {OFF}")

    result.assert_outcomes(failed=1)


def test_the_marker_over_the_command_line(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--julep-secrets", OFF, mark=MARK.format("error"))

    result.assert_outcomes(failed=1)


def test_a_nearer_marker_over_a_wider_one(pytester: pytest.Pytester) -> None:
    module = "pytestmark = pytest.mark.julep_secrets(names='error')"

    run(pytester, mark=MARK.format("off"), module=module).assert_outcomes(passed=1)


def test_of_one_check_said_twice_the_last_counts(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--julep-secrets", "names=error", "--julep-secrets", OFF)

    result.assert_outcomes(passed=1)


def test_other_checks_are_left_alone(pytester: pytest.Pytester) -> None:
    run(pytester, "--julep-secrets", "leaks=off").assert_outcomes(failed=1)


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "n2"])
def test_warn_lets_the_name_in_and_tells_in_the_summary(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    result = run(pytester, "--julep-secrets", WARN, *workers)

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*= julep secrets =*", f"{WARNED} (test_it.py::test_it)"])


def test_a_wider_fixture_goes_by_the_run_not_by_the_test(pytester: pytest.Pytester) -> None:
    """Otherwise it would depend on which of its tests comes first."""
    pytester.makepyfile(
        """
        import pytest
        from pytest_julep_secrets import MockSecrets

        @pytest.fixture(scope="module")
        def shared():
            with MockSecrets({"prod_key": "sk-fake-8d1c07b35e"}) as secrets:
                yield secrets

        @pytest.mark.julep_secrets(names="off", allow_names=["prod_key"])
        def test_it(shared): pass
        """
    )

    refused = pytester.runpytest()
    allowed = pytester.runpytest("-o", "julep_secrets_allow_names=prod_key")

    refused.assert_outcomes(errors=1)
    refused.stdout.fnmatch_lines(
        ["Rename it, or add it to the ini option julep_secrets_allow_names."]
    )
    allowed.assert_outcomes(passed=1)


# --- what is no level


@pytest.mark.parametrize(
    ("args", "ini", "sentence"),
    [
        pytest.param(
            ("--julep-secrets", "name=off"),
            "",
            "ERROR: --julep-secrets names the check 'name'.\n"
            "There are: blind, credentials, environment, hosts, leaks, names, naming",
            id="unknown check",
        ),
        pytest.param(
            ("--julep-secrets", "names=none"),
            "",
            "ERROR: --julep-secrets gives 'names' the level 'none'.\nLevels: error, warn, off",
            id="unknown level",
        ),
        pytest.param(
            ("--julep-secrets", "names"),
            "",
            "ERROR: --julep-secrets says 'names'; it has to be CHECK=LEVEL.\n"
            "Write it like this: names=warn",
            id="no level",
        ),
        pytest.param(
            (),
            "julep_secrets = leak=off",
            "ERROR: The ini option julep_secrets names the check 'leak'.\n"
            "There are: blind, credentials, environment, hosts, leaks, names, naming",
            id="ini",
        ),
        pytest.param(
            (),
            "julep_secrets_name_patterns = ^fine\n    (acme",
            "ERROR: The ini option julep_secrets_name_patterns has '(acme', which is no regular "
            "expression: missing ), unterminated subpattern at position 0.\n"
            "Write it like this: (?i)^acme_main_",
            id="pattern",
        ),
    ],
)
def test_a_bad_option_is_one_clear_sentence_before_anything_runs(
    pytester: pytest.Pytester, args: tuple[str, ...], ini: str, sentence: str
) -> None:
    result = run(pytester, *args, ini=ini)

    assert sentence in result.stderr.str() + result.stdout.str()
    assert "Traceback" not in result.stderr.str()
    assert result.ret == pytest.ExitCode.USAGE_ERROR


@pytest.mark.parametrize(
    ("mark", "lines"),
    [
        pytest.param(
            "names='none'",
            [
                "The julep_secrets marker gives 'names' the level 'none'.",
                "Levels: error, warn, off",
            ],
            id="level",
        ),
        pytest.param(
            "allow_names='prod_key'",
            [
                "The julep_secrets marker's 'allow_names' is a str.",
                "It has to be a list of names.",
            ],
            id="a name alone",
        ),
    ],
)
def test_a_bad_marker_is_one_too(pytester: pytest.Pytester, mark: str, lines: list[str]) -> None:
    result = run(pytester, mark=f"@pytest.mark.julep_secrets({mark})")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(lines, consecutive=True)


# --- exemptions


def test_names_allowed_by_markers_add_up_with_those_of_ini(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\njulep_secrets_allow_names =\n    prod_ini\n    prod_unused")
    pytester.makepyfile(
        """
        import pytest

        pytestmark = pytest.mark.julep_secrets(allow_names=["prod_module"])

        @pytest.mark.julep_secrets({"prod_test": "sk-fake-1"}, allow_names=("prod_test",))
        def test_it(mock_secrets):
            mock_secrets.create(name="prod_module", value="sk-fake-2")
            mock_secrets.create(name="prod_ini", value="sk-fake-3")
            assert len(mock_secrets) == 3

        def test_another(mock_secrets):
            with mock_secrets.expect_violation("names"):
                mock_secrets.create(name="prod_test", value="sk-fake-1")
        """
    )

    result = pytester.runpytest()

    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [
            "*= julep secrets =*",
            (
                "Exemptions: 3 used (allow_names prod_ini, allow_names prod_module, "
                "allow_names prod_test)"
            ),
            "Exemptions that nothing needed: allow_names prod_unused",
        ]
    )


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "n2"])
def test_the_summary_is_the_same_on_workers(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    mark = '@pytest.mark.julep_secrets(allow_names=["prod_key", "prod_other"])'

    result = run(pytester, *workers, mark=mark)

    result.stdout.fnmatch_lines(
        [
            "Exemptions: 1 used (allow_names prod_key)",
            "Exemptions that nothing needed: allow_names prod_other",
        ]
    )


def test_there_is_no_section_where_there_is_nothing_to_tell(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(mock_secrets): pass")

    result = pytester.runpytest()

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*julep secrets*")


# --- wherever a name enters


WAYS_IN = """
import julep, pytest
from pytest_julep_secrets import MockSecrets

client = julep.Julep(api_key="fake")
VALUE = "sk-fake-8d1c07b35e"

@pytest.fixture(params=["create", "rename", "operation", "new_name", "object"])
def enter(request, mock_secrets):
    def create(): client.secrets.create(name="prodKey", value=VALUE)

    def rename():
        made = client.secrets.create(name="key", value=VALUE)
        client.secrets.update(made.id, name="prodKey", value=VALUE)

    def operation(): mock_secrets.create(name="prodKey", value=VALUE)

    def new_name():
        mock_secrets.create(name="key", value=VALUE)
        mock_secrets.update(name="key", new_name="prodKey")

    def object(): MockSecrets({"prodKey": VALUE})

    return locals()[request.param]

def test_it(enter, mock_secrets):
    with mock_secrets.expect_violation("names"):
        enter()
    assert "prodKey" not in mock_secrets

@pytest.mark.julep_secrets({"prodKey": VALUE})
def test_seed_of_the_marker(mock_secrets): pass

def test_seed_of_ini(mock_secrets): pass
"""


def test_every_way_in_is_asked(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(WAYS_IN)
    pytester.makefile(".toml", seed='PROD_INI = "sk-fake-1"')

    without = pytester.runpytest("-k", "not ini")
    with_ini = pytester.runpytest("-k", "ini", "-o", "julep_secrets_seed=seed.toml")

    without.assert_outcomes(passed=5, errors=1)
    with_ini.assert_outcomes(errors=1)
    with_ini.stdout.fnmatch_lines(["Secret name 'PROD_INI' looks like production: *'PROD'*"])
    assert "8d1c07b35e" not in without.stdout.str()
