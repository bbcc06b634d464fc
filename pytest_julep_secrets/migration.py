"""Whether secrets in Julep are what variables of the environment were."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from pytest_julep_secrets.llm_keys import NAMES


class Secrets(Protocol):
    """Names and their values, such as `mock_secrets`."""

    def __contains__(self, name: object, /) -> bool:
        """Tell whether there is a secret of a name."""

    def __getitem__(self, name: str, /) -> str:
        """Return its value."""


def assert_migrated(secrets: Secrets, environ: Mapping[str, str], names: Iterable[str]) -> None:
    """Fail if a variable of the environment is not in Julep, with the value that it has.

    A variable may be there under its own name or the same in lower case, as the guide's script
    has it; a key that Julep looks up for models, such as OPENAI_API_KEY, only under its own.

    Args:
        secrets: Where they should be: `mock_secrets`, or any mapping.
        environ: Where they were: `os.environ`, or any mapping.
        names: The variables. A mapping gives each variable the name of its secret.

    Raises:
        AssertionError: With a sentence for each that is missing, changed or in the wrong case,
            and if there is nothing to compare; never a value.
        TypeError: If the names are one text, which would be read letter by letter.

    Source:
        The guide "Common Secrets Patterns", section Migrating from Environment Variables.
    """
    if isinstance(names, str):
        raise TypeError("The variables are given as one text. Give a list of their names.")
    given = dict(names) if isinstance(names, Mapping) else dict.fromkeys(names)
    # What is no name, though given for one. A short value of another variable may be one.
    values = {
        value
        for variable, value in environ.items()
        if value and (variable in given or value not in secrets)
    }
    faults = [
        fault
        for variable, name in given.items()
        for fault in _faults(secrets, environ, variable, name, values)
    ]
    if not given:
        faults = ["No variable was named, so none can have been migrated. Say which."]
    if faults:
        raise AssertionError("\n".join(faults))


def _faults(
    secrets: Secrets,
    environ: Mapping[str, str],
    variable: str,
    name: str | None,
    values: Collection[str],
) -> Iterator[str]:
    if not environ.get(variable):
        yield _not_set(environ, variable)
        return
    if name in values:
        # As in names=environ; it must not be shown as a name.
        yield (
            f"Variable '{variable}' was given with a value instead of a secret's name. "
            "Give a list of variables, or a mapping to names."
        )
        return
    allowed = _allowed(variable, name)
    there = [one for one in allowed if one in secrets]
    for one in there:
        if secrets[one] != environ[variable]:
            yield f"Secret '{one}' has another value than the variable '{variable}'."
    if there:
        return
    lower = variable.lower()
    if name is None and lower in secrets:
        yield (
            f"Variable '{variable}' is in Julep as '{lower}', where no model's key is looked up. "
            f"Name the secret '{allowed[-1]}'."
        )
    else:
        yield f"Variable '{variable}' is not in Julep. Create a secret '{allowed[-1]}'."


def _not_set(environ: Mapping[str, str], variable: str) -> str:
    if variable in environ.values():
        # As in names=environ.values(); it must not be shown as a name.
        return "A variable was given by its value. Give a list of names of variables."
    return (
        f"Variable '{variable}' is not set, so nothing tells what it was. "
        "Set it in the test, with monkeypatch.setenv."
    )


def _allowed(variable: str, name: str | None) -> list[str]:
    if name is not None:
        return [name]
    if variable.upper() in NAMES:
        return [variable.upper()]
    return list(dict.fromkeys([variable, variable.lower()]))
