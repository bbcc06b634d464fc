"""Section "Testing with Secrets": the advice, and the sample in a run of pytest."""

from __future__ import annotations

import julep
import pytest

from guide.guide import sample
from guide.page import told
from guide.trying import ARGS
from pytest_julep_secrets import MockSecrets

PYTHON = sample("testing_with_secrets.py")


@pytest.mark.julep_secrets({"test_stripe_key": "sk-fake-1f9c27d4"})
@pytest.mark.usefixtures("mock_secrets")
def test_a_set_of_test_secrets() -> None:
    assert [secret.name for secret in julep.Julep().secrets.list()] == ["test_stripe_key"]


def test_no_real_secret_is_needed(mock_secrets: MockSecrets) -> None:
    julep.Julep().secrets.create(name="stripe_api_key", value="sk-fake-1f9c27d4")

    assert mock_secrets["stripe_api_key"] == "sk-fake-1f9c27d4"


def test_an_integration_test_says_that_it_is_one(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makepyfile(
        """
        import os
        import pytest

        @pytest.mark.julep_live
        def test_live():
            assert os.environ["JULEP_API_KEY"] == "jk_7Q4mV0zXk2LdT9sYcB1w"

        def test_of_a_unit():
            assert os.environ["JULEP_API_KEY"] == "fake-julep-api-key"
        """
    )
    monkeypatch.setenv("JULEP_API_KEY", "jk_7Q4mV0zXk2LdT9sYcB1w")

    result = pytester.runpytest_subprocess(*ARGS)

    result.assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("check", "name", "value"),
    [
        pytest.param("names", "prod_stripe_key", "sk-fake-1f9c27d4", id="name"),
        pytest.param(
            "credentials", "stripe_key", "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc", id="value"
        ),
    ],
)
def test_production_secrets_are_refused(
    mock_secrets: MockSecrets, check: str, name: str, value: str
) -> None:
    with mock_secrets.expect_violation(check):
        julep.Julep().secrets.create(name=name, value=value)

    assert len(mock_secrets) == 0


def test_python(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_sample=PYTHON.read_text())

    result = pytester.runpytest(*ARGS, "-W", "default")

    error = "AttributeError: module 'julep' has no attribute 'client'"
    result.assert_outcomes(failed=1)
    # Newer versions of Python go on: "Did you mean: 'Client'?"
    result.stdout.fnmatch_lines([f"E * {error}*"])
    result.stdout.fnmatch_lines(["*The fixture 'mock_secrets' in *returned a dict*"])
    result.stdout.fnmatch_lines(
        ["*has no module julep.client. What works: *mock_secrets and no mock"]
    )
    assert f"`{error}`" in told(PYTHON, "what happens")


def test_python_with_the_documented_surface(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\njulep_secrets_documented_api = true")
    pytester.makepyfile(test_sample=PYTHON.read_text())

    result = pytester.runpytest(*ARGS, "-W", "default")

    result.assert_outcomes(passed=1)
    assert told(PYTHON, "with `documented_api`").startswith("passes")
