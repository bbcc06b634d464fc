"""What `mock_secrets` can do is as its page has it: operations, errors, faults, arguments."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Callable
from typing import Any, Final

import pytest

from docs.pages import code, section, table
from pytest_julep_secrets import MockSecrets, Secret, errors
from pytest_julep_secrets.fake.fault import Fault
from pytest_julep_secrets.fake.faults import Faults
from pytest_julep_secrets.fake.journal import Entry
from pytest_julep_secrets.operations import Operations

PAGE: Final = "reference/mock-secrets.md"
OPERATIONS: Final = {
    code(row[0])[0]: row for row in table(PAGE, "operation | returns | raises")
}  # fmt: skip
ERRORS: Final = table(PAGE, "class | `code` | also a")


def arguments(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """Return the arguments that somebody can give."""
    return {
        name: parameter
        for name, parameter in inspect.signature(function).parameters.items()
        if name != "self" and parameter.annotation != "Never"
    }


@pytest.mark.parametrize("call", OPERATIONS)
def test_an_operation_takes_what_the_table_says(call: str) -> None:
    name, _, told = call.rstrip(")").partition("(")
    known = arguments(getattr(MockSecrets, name))

    written = [one.partition("=") for one in told.split(", ") if one]
    assert [argument.lstrip("*") for argument, *_ in written] == list(known)
    for argument, _, default in written:
        if default:
            assert repr(known[argument].default) == default


def test_every_public_name_is_on_the_page() -> None:
    secrets = MockSecrets()
    names = {name for name in {*dir(secrets), *vars(secrets)} if not name.startswith("_")}
    text = section(PAGE)

    assert {name for name in names if not re.search(rf"`[^`]*\b{name}\b", text)} == set()


def test_every_operation_is_in_the_table() -> None:
    known = {name for name in vars(Operations) if not name.startswith("_")}

    # What can be called besides is there to read.
    assert {call.partition("(")[0] for call in OPERATIONS} == known - {"keys"}


def test_errors() -> None:
    known = {
        error
        for error in vars(errors).values()
        if isinstance(error, type) and errors.SecretsError in error.__bases__
    }

    assert {code(row[0])[0] for row in ERRORS} == {error.__name__ for error in known}
    for row in ERRORS:
        error = getattr(errors, code(row[0])[0])
        assert code(row[1]) == [error.code]
        assert code(row[2]) == [base.__name__ for base in error.__bases__[1:]]


def test_errors_of_operations() -> None:
    raised = {name for row in OPERATIONS.values() for name in code(row[2])}

    assert raised - {"ValueError"} <= {code(row[0])[0] for row in ERRORS}


def test_arguments_of_a_fault() -> None:
    known = arguments(Faults.add)
    rows = [code(row[0])[0] for row in table(PAGE, "argument | means", "## `faults`")]
    written = re.search(r"`faults\.add\((.*)\)`", section(PAGE, "## `faults`"))
    assert written is not None

    assert rows == list(known)
    assert written[1].replace("*, ", "").split(", ") == [
        f"{name}={known[name].default}" if name in {"skip", "times"} else name for name in known
    ]


def test_attributes() -> None:
    secret = section(PAGE, "## `Secret`").partition("(")[0]
    calls = section(PAGE, "## `calls`").partition("never a value")[0]
    fired = section(PAGE, "## `faults`")

    assert code(secret) == [
        field.name
        for field in dataclasses.fields(Secret)
        if field.init and not field.name.startswith("_")
    ]
    assert code(calls) == [field.name for field in dataclasses.fields(Entry)]
    assert all(hasattr(Fault(""), name) and f"`{name}`" in fired for name in ("fired", "seen"))


def test_arguments_of_mock_secrets() -> None:
    (written,) = re.findall(r"^## `MockSecrets\((.*)\)`$", section(PAGE), re.MULTILINE)

    told = [name.partition("=")[0] for name in written.split(", ") if name not in {"/", "*"}]
    assert told == list(arguments(MockSecrets))
