"""The marker and the ini options: what they are called, and what they say for one test.

Nearer wins: a test's marker over its class's, its module's, then ini, then the default.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import pytest

from pytest_julep_secrets.errors import ConfigurationError

MARKER: Final = "julep_secrets"

_MARKER_HELP: Final = (
    "julep_secrets(seed, /, *, api_key=None, developer=None, exact_headers=False): "
    "set up mock_secrets for a test. seed: names mapped to values, or to mappings with value, "
    "description, metadata; those of a test, its class and its module add up. api_key: the only "
    "key accepted. developer: a UUID; the server is then a multi-tenant one and requests are "
    "this developer's. exact_headers: no retry-after-ms, so that the SDK's retries really wait."
)

_INI: Final[tuple[tuple[str, Literal["string", "linelist"], str], ...]] = (
    (
        "julep_secrets_seed",
        "string",
        "TOML or JSON file of secrets that every mock_secrets starts with; beside the ini file",
    ),
    (
        "julep_secrets_base_urls",
        "linelist",
        "URLs of your Julep API, beside the SDK's own and JULEP_BASE_URL",
    ),
)

_KEYWORDS: Final = {"api_key": str, "developer": object, "exact_headers": bool}


@dataclass(slots=True)
class Options:
    """What a test's markers say.

    Attributes:
        seed: What all of them seed; of one name the nearest.
        api_key: As for `MockSecrets`, and so the others.
        developer: A UUID or its text.
        exact_headers: Whether the SDK's retries wait.
    """

    seed: dict[str, Any] = field(default_factory=dict)
    api_key: str | None = None
    developer: Any = None
    exact_headers: bool = False


def declare_ini(parser: pytest.Parser) -> None:
    """Tell pytest the names of the ini options."""
    for name, kind, text in _INI:
        parser.addini(name, text, type=kind)


def declare_marker(config: pytest.Config) -> None:
    """Tell pytest the marker."""
    config.addinivalue_line("markers", _MARKER_HELP)


@contextmanager
def clear_failure() -> Iterator[None]:
    """Show a bad seed, option or marker as a failure of the test, without a traceback."""
    try:
        yield
    except ConfigurationError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None


def check_marker(item: pytest.Item) -> None:
    """Fail a test if its marker cannot be used."""
    if item.get_closest_marker(MARKER) is not None:
        with clear_failure():
            read_markers(item)


def read_markers(item: pytest.Item) -> Options:
    """Merge the markers of a test, its class and its module.

    Raises:
        ConfigurationError: If one of them cannot be used.
    """
    options = Options()
    for mark in reversed(list(item.iter_markers(MARKER))):
        _check_arguments(mark)
        for seed in mark.args:
            options.seed |= seed
        for key, value in mark.kwargs.items():
            setattr(options, key, value)
    return options


def _check_arguments(mark: pytest.Mark) -> None:
    from pytest_julep_secrets.seed import read_seed

    known = f"Known: {', '.join(_KEYWORDS)}"
    if len(mark.args) > 1:
        raise ConfigurationError(
            f"The julep_secrets marker was given {len(mark.args)} arguments; it takes one seed.\n"
            f"Put all secrets into one mapping; options are keywords. {known}"
        )
    for seed in mark.args:
        read_seed(seed, "The julep_secrets marker's seed")
    for key, value in mark.kwargs.items():
        if key not in _KEYWORDS:
            raise ConfigurationError(f"The julep_secrets marker has no option '{key}'.\n{known}")
        if not isinstance(value, _KEYWORDS[key]):
            raise ConfigurationError(
                f"The julep_secrets marker's '{key}' is a {type(value).__name__}.\n"
                f"It has to be a {_KEYWORDS[key].__name__}."
            )


def seed_path(config: pytest.Config) -> Path | None:
    """Return where the seed file is, or None if none is set."""
    name: str = config.getini("julep_secrets_seed")
    if not name:
        return None
    return (config.inipath.parent if config.inipath else config.rootpath) / name


def base_urls(config: pytest.Config) -> list[str]:
    """Return the bases set."""
    urls: list[str] = config.getini("julep_secrets_base_urls")
    return urls
