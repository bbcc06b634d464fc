"""Values of environment variables, by name or glob."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from typing import Final

from pytest_julep_secrets.artefacts.values import Given, Values, usable
from pytest_julep_secrets.errors import ConfigurationError

_NAME: Final = re.compile(r"[A-Za-z_*?\[][A-Za-z0-9_.*?\[\]!-]*")
# What a value given by mistake is hardly ever.
_USUAL: Final = re.compile(r"[A-Z_*?\[][A-Z0-9_*?\[\]!-]*")
_GLOB: Final = re.compile(r"[*?\[]")
_WHERE: Final = "The environment"


def from_environment(patterns: Iterable[str], environ: Mapping[str, str]) -> Values:
    """Take the values of variables.

    Args:
        patterns: Names, or globs: "JULEP_*". What matches nothing is noted.
        environ: The variables.

    Raises:
        ConfigurationError: If a name, not a glob, is of no variable.
    """
    given: dict[str, Given] = {}
    unmatched = []
    for number, pattern in enumerate(patterns, 1):
        shown = _shown(pattern, number, environ)
        found = list(_matching(pattern, environ))
        if not found and not _GLOB.search(pattern):
            raise ConfigurationError(
                f"The environment variable {shown} is not set, so there is no value to look for.\n"
                "Set it, or leave this --env out."
            )
        if not found:
            unmatched.append(f"{_WHERE}: no variable matches {shown}.")
        given.update((name, Given(name, environ[name])) for name in found)
    if not given:
        return Values((), tuple(unmatched))
    values = usable(given.values(), _WHERE)
    return Values(values.pairs, (*unmatched, *values.notes))


def _matching(pattern: str, environ: Mapping[str, str]) -> Iterator[str]:
    if not _GLOB.search(pattern):
        # As the system tells upper and lower case.
        yield from [pattern] if pattern in environ else []
        return
    for name in list(environ):
        if fnmatch(name, pattern):
            yield name


def _shown(pattern: str, number: int, environ: Mapping[str, str]) -> str:
    """Return a name in quotes; which it is, of one that may be a value.

    Raises:
        ConfigurationError: If it is a value instead, as of --env "$NAME".
    """
    if not _NAME.fullmatch(pattern) or (pattern not in environ and pattern in environ.values()):
        raise ConfigurationError(
            f"What --env was given, the {number}. time, is no name of an environment variable.\n"
            "Give the name alone, not the value: --env JULEP_API_KEY"
        )
    is_name = pattern in environ or _USUAL.fullmatch(pattern)
    return f"'{pattern}'" if is_name else f"number {number}"
