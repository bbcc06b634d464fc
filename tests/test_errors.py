"""Every exception raised on purpose."""

from __future__ import annotations

import pickle

import pytest

import pytest_julep_secrets
from pytest_julep_secrets import errors
from pytest_julep_secrets.errors import (
    ConfigurationError,
    LeakError,
    PermissionDeniedError,
    SecretAlreadyExistsError,
    SecretNotFoundError,
    SecretsError,
    ValidationError,
    Violation,
)
from pytest_julep_secrets.leaks.finding import Finding

OF_THE_GUIDE = {
    SecretNotFoundError: "not_found",
    SecretAlreadyExistsError: "conflict",
    ValidationError: "validation_error",
    PermissionDeniedError: "permission_denied",
}
RAISED = [*OF_THE_GUIDE, SecretsError, ConfigurationError, LeakError]


@pytest.mark.parametrize(("kind", "code"), OF_THE_GUIDE.items())
def test_an_error_of_the_guide_has_its_code(kind: type[SecretsError], code: str) -> None:
    assert code == kind("A sentence.").code
    assert issubclass(kind, SecretsError)


@pytest.mark.parametrize(
    ("kind", "builtin"), [(SecretNotFoundError, KeyError), (ValidationError, ValueError)]
)
def test_code_that_catches_what_a_mapping_or_a_parser_raises_catches_ours(
    kind: type[Exception], builtin: type[Exception]
) -> None:
    assert issubclass(kind, builtin)


@pytest.mark.parametrize("kind", RAISED)
def test_an_error_shows_its_message_as_it_is(kind: type[Exception]) -> None:
    """KeyError would show its repr, with quotes and escaped line breaks."""
    assert str(kind("It's gone.\nLook there.")) == "It's gone.\nLook there."


def test_an_error_without_a_message_shows_nothing() -> None:
    assert str(SecretNotFoundError()) == ""


@pytest.mark.parametrize("kind", RAISED)
def test_an_error_survives_the_way_to_another_process(kind: type[Exception]) -> None:
    copy = pickle.loads(pickle.dumps(kind("A sentence.")))  # noqa: S301 - made here

    assert type(copy) is kind
    assert str(copy) == "A sentence."


def test_what_was_found_goes_there_too() -> None:
    found = Finding("the text, line 1", "key")
    copy = pickle.loads(pickle.dumps(LeakError("A sentence.", [found])))  # noqa: S301 - made here

    assert copy.findings == (found,)
    assert issubclass(LeakError, AssertionError)


class OfThePlugin(Violation):
    """It says it is where it is not, as pytest's own do."""

    __module__ = "builtins"


@pytest.mark.parametrize("kind", [Violation, OfThePlugin])
def test_so_does_a_violation_as_a_plain_one(kind: type[Violation]) -> None:
    made = kind("hosts", "Something was refused.", "At a.py:1, in f.")
    made.add_note("And more.")

    copy = pickle.loads(pickle.dumps(made))  # noqa: S301 - made here

    assert type(copy) is Violation
    assert (copy.check, str(copy)) == ("hosts", str(made))
    assert copy.__notes__ == ["And more."]


def test_neither_the_sdk_nor_except_exception_catches_a_violation() -> None:
    assert not issubclass(Violation, Exception)


def test_the_package_itself_offers_every_error() -> None:
    ours = {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, BaseException)
    }

    assert ours <= set(pytest_julep_secrets.__all__)
    for name in ours:
        assert getattr(pytest_julep_secrets, name) is getattr(errors, name)
