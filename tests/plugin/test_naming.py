"""The check `naming`: off, but for names that Julep would look up in another case."""

from __future__ import annotations

import pytest

WRONG_CASE = (
    "naming: Secret name 'openai_api_key' is not the one that Julep looks up for models: "
    "that is 'OPENAI_API_KEY'. (test_it.py::test_key)"
)
CAMEL = "Secret name 'StripeKey' is not in snake_case: that is 'stripe_key'."

TEST = """
import pytest

{mark}
def test_key(mock_secrets):
    mock_secrets.create(name="openai_api_key", value="sk-fake-8d1c07b35e")
    mock_secrets.update(name="openai_api_key", value="sk-fake-77c1d09a2f")

{other}
def test_other(mock_secrets):
    mock_secrets.create(name="StripeKey", value="sk-fake-1f9c27d4aa")
    mock_secrets.create(name="OPENAI_API_KEY", value="sk-fake-1f9c27d4bb")
"""


def run(
    pytester: pytest.Pytester, *args: str, mark: str = "", other: str = "", ini: str = ""
) -> tuple[pytest.RunResult, list[str]]:
    pytester.makeini(f"[pytest]\njulep_secrets =\n    {ini}")
    pytester.makepyfile(test_it=TEST.format(mark=mark, other=other))
    result = pytester.runpytest(*args)
    return result, [line for line in result.outlines if line.startswith("naming: ")]


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "parallel"])
def test_a_key_that_is_not_looked_up_is_told_once_the_rest_fails_who_asks_for_it(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    result, told = run(pytester, *workers, other="@pytest.mark.julep_secrets(naming='error')")

    result.assert_outcomes(passed=1, failed=1)
    assert told == [WRONG_CASE]
    result.stdout.fnmatch_lines(
        [
            f"{CAMEL} It never gets into the fake.",
            'Rename it, or allow it with @*.julep_secrets(allow_names=[[]"StripeKey"[]]).',
        ]
    )


def test_without_a_word_only_that_key_is_told(pytester: pytest.Pytester) -> None:
    result, told = run(pytester)

    result.assert_outcomes(passed=2)
    assert told == [WRONG_CASE]


def test_as_an_error_both_fail(pytester: pytest.Pytester) -> None:
    result, told = run(pytester, ini="naming=error")

    result.assert_outcomes(failed=2)
    assert told == []
    result.stdout.fnmatch_lines(
        ["*is not the one that Julep looks up for models: that is 'OPENAI_API_KEY'. It never*"]
    )


def test_as_a_warning_all_are_told(pytester: pytest.Pytester) -> None:
    result, told = run(pytester, "--julep-secrets", "naming=warn")

    result.assert_outcomes(passed=2)
    assert sorted(told) == sorted([WRONG_CASE, f"naming: {CAMEL} (test_it.py::test_other)"])


def test_switched_off_nothing_is_told(pytester: pytest.Pytester) -> None:
    result, told = run(pytester, ini="naming=off")

    result.assert_outcomes(passed=2)
    assert told == []


def test_the_marker_counts_more_than_the_command_line(pytester: pytest.Pytester) -> None:
    mark = "@pytest.mark.julep_secrets(naming='error')"
    result, _ = run(pytester, "--julep-secrets", "naming=off", mark=mark)

    result.assert_outcomes(failed=1, passed=1)


def test_a_name_that_is_allowed_is_not_told_and_its_exemption_is_used(
    pytester: pytest.Pytester,
) -> None:
    result, told = run(pytester, mark="@pytest.mark.julep_secrets(allow_names=['openai_api_key'])")

    assert told == []
    result.stdout.fnmatch_lines(["Exemptions: 1 used (allow_names openai_api_key)"])


def test_it_can_be_expected_whatever_its_level(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_it(mock_secrets):
            for name in ("StripeKey", "openai_api_key"):
                with mock_secrets.expect_violation("naming"):
                    mock_secrets.create(name=name, value="sk-fake-1f9c27d4aa")
            assert len(mock_secrets) == 0
        """
    )

    pytester.runpytest().assert_outcomes(passed=1)


def test_for_a_wider_fixture_no_marker_counts(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest
        from pytest_julep_secrets import MockSecrets

        @pytest.fixture(scope="module")
        def secrets():
            with MockSecrets({"StripeKey": "sk-fake-1f9c27d4aa"}) as secrets:
                yield secrets

        @pytest.mark.julep_secrets(naming="error")
        def test_it(secrets):
            pass
        """
    )

    pytester.runpytest().assert_outcomes(passed=1)
    pytester.runpytest("--julep-secrets", "naming=error").assert_outcomes(errors=1)
