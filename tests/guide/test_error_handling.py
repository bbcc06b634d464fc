"""Section "Error Handling": the four scenarios, and the sample."""

from __future__ import annotations

import julep
import pytest

from guide.guide import sample
from guide.page import told
from guide.trying import ARGS, Outcome, Trying
from pytest_julep_secrets import MockSecrets

PYTHON = sample("error_handling.py")
UNKNOWN = "0195a000-0000-7000-8000-00000000000a"
# The documented errors, and calls that raise them.
DOCUMENTED = {
    "SecretNotFoundError": 'client.secrets.get(name="unknown")',
    "PermissionDeniedError": 'client.secrets.get(name="denied")',
    "ValidationError": 'client.secrets.create(name="1st", value="sk-fake-2")',
    "SecretAlreadyExistsError": 'client.secrets.create(name="taken", value="sk-fake-2")',
}


@pytest.mark.usefixtures("mock_secrets")
def test_a_secret_that_is_not_found() -> None:
    with pytest.raises(julep.NotFoundError, match="No secret found during delete"):
        julep.Julep().secrets.delete(UNKNOWN)


@pytest.mark.julep_secrets(api_key="fake-key")
@pytest.mark.usefixtures("mock_secrets")
def test_permission_is_denied_for_a_wrong_key() -> None:
    with pytest.raises(julep.PermissionDeniedError, match="Could not validate API KEY"):
        julep.Julep(api_key="another").secrets.list()


def test_permission_can_be_denied_for_one_secret(mock_secrets: MockSecrets) -> None:
    mock_secrets.faults.deny("stripe_api_key")

    with pytest.raises(julep.PermissionDeniedError):
        julep.Julep().secrets.create(name="stripe_api_key", value="sk-fake-1f9c27d4")


@pytest.mark.usefixtures("mock_secrets")
def test_a_name_that_is_not_valid_is_a_bad_request() -> None:
    with pytest.raises(julep.BadRequestError) as raised:
        julep.Julep().secrets.create(name="1st-key", value="sk-fake-1f9c27d4")

    assert raised.value.status_code == 400


@pytest.mark.julep_secrets({"stripe_api_key": "sk-fake-1f9c27d4"})
def test_a_name_in_use_is_tried_six_times(mock_secrets: MockSecrets) -> None:
    with pytest.raises(julep.ConflictError):
        julep.Julep().secrets.create(name="stripe_api_key", value="sk-fake-8a3e55b0")

    assert [call.status for call in mock_secrets.calls] == [409] * 6


def test_python(try_out: Trying) -> None:
    outcome = try_out(PYTHON.read_text())

    assert outcome == Outcome("ModuleNotFoundError: No module named 'julep.exceptions'")
    assert f"`{outcome.error}`" in told(PYTHON, "what happens")


def test_the_report_of_a_test_says_what_works(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(sample=PYTHON.read_text(), test_it="def test_it(): import sample")

    result = pytester.runpytest(*ARGS)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*has no module julep.exceptions. What works: from julep import*"])


def test_python_with_names_that_are_there(try_out: Trying) -> None:
    code = PYTHON.read_text().replace("julep.exceptions", "julep")
    code = code.replace("SecretNotFound", "NotFound").replace("Validation", "BadRequest")

    outcome = try_out(code)

    assert outcome == Outcome("AttributeError: 'SecretsResource' object has no attribute 'get'")
    assert f"`{outcome.error}`" in told(PYTHON, "what happens")


@pytest.mark.julep_secrets({"taken": "sk-fake-1"}, documented_api=True)
def test_the_documented_errors(try_out: Trying, mock_secrets: MockSecrets) -> None:
    mock_secrets.faults.deny("denied")

    errors = {
        name: try_out(f"from julep.exceptions import {name}\n{call}").error
        for name, call in DOCUMENTED.items()
    }

    assert [name for name, error in errors.items() if not str(error).startswith(f"{name}: ")] == []


@pytest.mark.julep_secrets(documented_api=True)
def test_python_with_the_documented_surface(try_out: Trying) -> None:
    outcome = try_out(PYTHON.read_text())

    assert outcome == Outcome(
        printed=["Secret not found, using default value"], requests=["list 200"]
    )
    assert f"`{outcome.printed[0]}`" in told(PYTHON, "with `documented_api`")
