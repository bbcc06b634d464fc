"""What marker, command line and ini say for one test. Loaded when a test asks.

Nearer wins: a test's marker over its class's, its module's, then the command line, then ini,
then the default.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.guards.levels import DEFAULTS, Level, read_level, read_levels
from pytest_julep_secrets.guards.names import read_patterns
from pytest_julep_secrets.plugin.options import LIVE, MARKER, documented_everywhere

_NAMES: Final = ("allow_names", "allow_leaks")
_OFF_WHEN_LIVE: Final = ("environment", "hosts")
_KEYWORDS: Final = {
    **dict.fromkeys(_NAMES, list | tuple | set | frozenset),
    "api_key": str,
    "developer": object,
    "exact_headers": bool,
    "id_seed": int,
    "documented_api": bool,
}


@dataclass(slots=True)
class Options:
    """What a test's markers say.

    Attributes:
        seed: What all of them seed; of one name the nearest.
        allow_names: What all of them allow.
        allow_leaks: Likewise.
        levels: How to take a check; of one check the nearest.
        api_key: As for `MockSecrets`, and so the others.
        developer: A UUID or its text.
        exact_headers: Whether the SDK's retries wait.
        id_seed: From which ids follow.
        documented_api: Whether the documented surface is there; None if nobody says.
    """

    seed: dict[str, Any] = field(default_factory=dict)
    allow_names: set[str] = field(default_factory=set)
    allow_leaks: set[str] = field(default_factory=set)
    levels: dict[str, Level] = field(default_factory=dict)
    api_key: str | None = None
    developer: Any = None
    exact_headers: bool = False
    id_seed: int | None = None
    documented_api: bool | None = None


@contextmanager
def clear_failure() -> Iterator[None]:
    """Show a bad seed, option or marker as a failure of the test, without a traceback."""
    try:
        yield
    except ConfigurationError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None


@contextmanager
def usage_error() -> Iterator[None]:
    """Show a bad option before anything is run."""
    try:
        yield
    except ConfigurationError as error:
        raise pytest.UsageError(str(error)) from None


_options = pytest.StashKey["Options"]()


def options_of(item: pytest.Item | pytest.Collector) -> Options:
    """Return what a test's markers say, read once; those that cannot be used say nothing.

    It is the test's setup that fails for them.
    """
    options = item.stash.get(_options, None)
    if options is None:
        try:
            options = read_markers(item)
        except ConfigurationError:
            options = Options()
        item.stash[_options] = options
    return options


def check_marker(item: pytest.Item) -> None:
    """Fail a test if its marker cannot be used."""
    with clear_failure():
        read_markers(item)


def read_markers(item: pytest.Item | pytest.Collector) -> Options:
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
            if key in _NAMES:
                getattr(options, key).update(value)
            elif key in DEFAULTS:
                options.levels[key] = value
            else:
                setattr(options, key, value)
    return options


def _check_arguments(mark: pytest.Mark) -> None:
    from pytest_julep_secrets.seed import read_seed

    known = f"Known: {', '.join([*_KEYWORDS, *DEFAULTS])}"
    if len(mark.args) > 1:
        raise ConfigurationError(
            f"The julep_secrets marker was given {len(mark.args)} arguments; it takes one seed.\n"
            f"Put all secrets into one mapping; options are keywords. {known}"
        )
    for seed in mark.args:
        read_seed(seed, "The julep_secrets marker's seed")
    for key, value in mark.kwargs.items():
        if key in DEFAULTS:
            read_level(key, value, "The julep_secrets marker")
        elif key not in _KEYWORDS:
            raise ConfigurationError(f"The julep_secrets marker has no option '{key}'.\n{known}")
        elif not isinstance(value, _KEYWORDS[key]) or not _are_names(key, value):
            _refuse_type(key, value)


def _are_names(key: str, value: Any) -> bool:
    return key not in _NAMES or all(isinstance(name, str) for name in value)


def _refuse_type(key: str, value: object) -> None:
    wanted = "list of names" if key in _NAMES else getattr(_KEYWORDS[key], "__name__", "")
    raise ConfigurationError(
        f"The julep_secrets marker's '{key}' is a {type(value).__name__}.\nIt has to be a {wanted}."
    )


def check_run_wide(config: pytest.Config) -> None:
    """Refuse a bad level or pattern before anything is run.

    Raises:
        pytest.UsageError: If there is one.
    """
    with usage_error():
        command_line_levels(config)
        ini_levels(config)
        name_patterns(config)


def command_line_levels(config: pytest.Config) -> dict[str, Level]:
    """Return the levels that the command line gives."""
    return read_levels(_early(config, "julep_secrets"), "--julep-secrets")


def ini_levels(config: pytest.Config) -> dict[str, Level]:
    """Return the levels that ini gives."""
    return read_levels(config.getini("julep_secrets"), "The ini option julep_secrets")


def level(
    check: str,
    config: pytest.Config,
    item: pytest.Item | None,
    home: pytest.Item | pytest.Collector | None = None,
    default: Level | None = None,
) -> Level:
    """Return how strictly to take a check in a test, or outside of any.

    Args:
        check: The check's name.
        config: Of the run.
        item: The test, whose markers count; None where no one test's do.
        home: Where it happens, if not in the test: the module of a fixture, which may be live.
        default: What counts where nobody has set a level; None for the check's own.
    """
    if check in _OFF_WHEN_LIVE and is_live(config, home or item):
        return "off"
    return set_level(check, config, item) or default or DEFAULTS[check]


def set_level(check: str, config: pytest.Config, item: pytest.Item | None) -> Level | None:
    """Return the level that somebody has set for a check, or None."""
    marked = options_of(item).levels if item is not None else {}
    for levels in (marked, command_line_levels(config), ini_levels(config)):
        if check in levels:
            return levels[check]
    return None


def allowed_names(config: pytest.Config) -> list[str]:
    """Return the names that ini allows everywhere."""
    names: list[str] = config.getini("julep_secrets_allow_names")
    return names


def name_patterns(config: pytest.Config) -> list[re.Pattern[str]]:
    """Return the patterns of names that ini adds to those that look like production."""
    option = "julep_secrets_name_patterns"
    return read_patterns(config.getini(option), f"The ini option {option}")


def is_strict(config: pytest.Config) -> bool:
    """Tell whether exemptions are ignored."""
    return bool(_early(config, "julep_secrets_strict"))


def is_live(config: pytest.Config, node: pytest.Item | pytest.Collector | None) -> bool:
    """Tell whether a test, or all of the run, means to reach a real server."""
    marked = node is not None and node.get_closest_marker(LIVE) is not None
    return marked or bool(_early(config, "julep_secrets_live"))


def documented_api(config: pytest.Config, node: pytest.Item | pytest.Collector | None) -> bool:
    """Tell whether the documented surface is there for a test, or for the home of a fixture."""
    if is_strict(config):
        return False
    marked = options_of(node).documented_api if node is not None else None
    return documented_everywhere(config) if marked is None else marked


def _early(config: pytest.Config, option: str) -> Any:
    """Return an option, also while conftests are loaded: `getoption` knows defaults until then."""
    known = config.known_args_namespace
    return getattr(known if hasattr(known, option) else config.option, option)


def ignored_loggers(config: pytest.Config) -> list[str]:
    """Return the loggers that ini ignores, with those below them."""
    loggers: list[str] = config.getini("julep_secrets_ignore_loggers")
    return loggers


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
