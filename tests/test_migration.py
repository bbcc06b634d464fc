"""Whether secrets in Julep are what variables were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from pytest_julep_secrets import MockSecrets, assert_migrated

ENVIRON = {"AUTH_TOKEN": "fake-1f9c27d4", "OPENAI_API_KEY": "sk-fake-8a3e55b0", "EMPTY": ""}

NOT_SET = (
    "Variable '{}' is not set, so nothing tells what it was. "
    "Set it in the test, with monkeypatch.setenv."
)


def faults(
    secrets: Mapping[str, str], names: Iterable[str], environ: Mapping[str, str] = ENVIRON
) -> list[str]:
    try:
        assert_migrated(secrets, environ, names)
    except AssertionError as error:
        return str(error).splitlines()
    return []


@pytest.mark.parametrize("name", ["AUTH_TOKEN", "auth_token"])
def test_a_variable_may_keep_its_name_or_be_in_lower_case(name: str) -> None:
    assert faults({name: ENVIRON["AUTH_TOKEN"]}, ["AUTH_TOKEN"]) == []


def test_one_of_two_that_has_another_value() -> None:
    secrets = {"AUTH_TOKEN": "fake-other", "auth_token": ENVIRON["AUTH_TOKEN"]}

    assert faults(secrets, ["AUTH_TOKEN"]) == [
        "Secret 'AUTH_TOKEN' has another value than the variable 'AUTH_TOKEN'."
    ]


def test_all_faults_are_told_at_once() -> None:
    secrets = {"openai_api_key": ENVIRON["OPENAI_API_KEY"]}

    assert faults(secrets, ["AUTH_TOKEN", "OPENAI_API_KEY", "EMPTY", "UNSET"]) == [
        "Variable 'AUTH_TOKEN' is not in Julep. Create a secret 'auth_token'.",
        (
            "Variable 'OPENAI_API_KEY' is in Julep as 'openai_api_key', where no model's key is "
            "looked up. Name the secret 'OPENAI_API_KEY'."
        ),
        NOT_SET.format("EMPTY"),
        NOT_SET.format("UNSET"),
    ]


def test_a_mapping_says_which_secret_each_became() -> None:
    secrets = {"service_token": ENVIRON["AUTH_TOKEN"], "auth_token": "fake-other"}

    assert faults(secrets, {"AUTH_TOKEN": "service_token"}) == []
    assert faults({}, {"AUTH_TOKEN": "service_token"}) == [
        "Variable 'AUTH_TOKEN' is not in Julep. Create a secret 'service_token'."
    ]


def test_nothing_to_compare_is_no_success() -> None:
    assert faults({}, []) == ["No variable was named, so none can have been migrated. Say which."]


def test_a_fake_is_asked_as_a_mapping_is() -> None:
    with MockSecrets({"auth_token": ENVIRON["AUTH_TOKEN"]}) as secrets:
        assert_migrated(secrets, ENVIRON, ["AUTH_TOKEN"])


def test_values_that_are_given_for_names_are_not_shown() -> None:
    assert faults({}, {"AUTH_TOKEN": ENVIRON["AUTH_TOKEN"]}) == [
        (
            "Variable 'AUTH_TOKEN' was given with a value instead of a secret's name. "
            "Give a list of variables, or a mapping to names."
        )
    ]


def test_nor_are_values_of_other_variables() -> None:
    assert faults({}, {"AUTH_TOKEN": ENVIRON["OPENAI_API_KEY"], "OPENAI_API_KEY": "b"}) == [
        (
            "Variable 'AUTH_TOKEN' was given with a value instead of a secret's name. "
            "Give a list of variables, or a mapping to names."
        ),
        "Variable 'OPENAI_API_KEY' is not in Julep. Create a secret 'b'.",
    ]


def test_nor_are_values_of_variables_that_were_not_named() -> None:
    (told,) = faults({}, {"AUTH_TOKEN": ENVIRON["OPENAI_API_KEY"]})

    assert told.startswith("Variable 'AUTH_TOKEN' was given with a value instead")
    assert ENVIRON["OPENAI_API_KEY"] not in told


def test_a_name_may_be_what_another_variable_has() -> None:
    environ = {"AUTH_TOKEN": "fake-8a3e55b0", "APP": "billing"}

    assert faults({"billing": "fake-8a3e55b0"}, {"AUTH_TOKEN": "billing"}, environ) == []


def test_nor_are_values_that_are_given_for_variables() -> None:
    assert faults({}, [ENVIRON["AUTH_TOKEN"]]) == [
        "A variable was given by its value. Give a list of names of variables."
    ]


def test_one_text_is_no_list_of_variables() -> None:
    with pytest.raises(TypeError, match="Give a list"):
        assert_migrated({"auth_token": ENVIRON["AUTH_TOKEN"]}, ENVIRON, "AUTH_TOKEN")


def test_a_models_key_in_a_variable_in_lower_case_has_to_be_in_capitals() -> None:
    secrets = {"openai_api_key": "sk-fake-8a3e55b0"}

    assert faults(secrets, ["openai_api_key"], secrets) == [
        (
            "Variable 'openai_api_key' is in Julep as 'openai_api_key', where no model's key is "
            "looked up. Name the secret 'OPENAI_API_KEY'."
        )
    ]
    right = {"OPENAI_API_KEY": "sk-fake-8a3e55b0"}
    assert faults(right, ["openai_api_key"], secrets) == []


def test_no_message_holds_a_value() -> None:
    told = " ".join(
        [
            *faults({"AUTH_TOKEN": "fake-other"}, ENVIRON),
            *faults({"auth_token": "x"}, [*ENVIRON]),
            *faults({}, [*ENVIRON.values()]),
        ]
    )

    assert [value for value in [*ENVIRON.values(), "fake-other"] if value and value in told] == []
