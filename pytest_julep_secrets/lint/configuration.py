"""What pytest's own configuration file says for lint."""

from __future__ import annotations

import configparser
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.guards.names import read_patterns
from pytest_julep_secrets.lint.judge import Rules

Table = Mapping[str, Any]


def read_rules(
    folder: Path, allow_names: Iterable[str], patterns: Iterable[str], now: float
) -> Rules:
    """Add up what a command line and pytest's configuration file say.

    Args:
        folder: Where to look for the file first.
        allow_names: Of the command line.
        patterns: Likewise.
        now: The time, in seconds since 1970.

    Raises:
        ConfigurationError: If one of them cannot be used.
    """
    options = read_configuration(folder)
    allowed = [*allow_names, *options.get("julep_secrets_allow_names", ())]
    configured = options.get("julep_secrets_name_patterns", [])
    read = [
        *read_patterns(list(patterns), "--name-pattern"),
        *read_patterns(configured, "The ini option julep_secrets_name_patterns"),
    ]
    return Rules(now, frozenset(allowed), tuple(read))


def read_configuration(folder: Path) -> dict[str, list[str]]:
    """Read the ini options of the pytest configuration that is nearest, as pytest looks for it.

    Args:
        folder: Where to look first; then in those above it.

    Returns:
        Options that are lists of lines, by their names; none if there is no configuration.

    Raises:
        ConfigurationError: If the nearest cannot be read.

    Source:
        pytest, src/_pytest/config/findpaths.py (the files, their order, their tables).
    """
    for above in (folder, *folder.parents):
        for name, read, tables in _FILES:
            if (above / name).is_file():
                options = _options(above / name, read, tables)
                if options is not None:
                    return {key: _lines(value) for key, value in options.items()}
    return {}


def _options(
    path: Path, read: Callable[[str], Table], tables: Iterable[tuple[str, ...]]
) -> dict[str, Any] | None:
    try:
        content = read(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, configparser.Error):
        # Not the error's own text, which may quote the file.
        raise ConfigurationError(
            f"'{path}' cannot be read.\nIt is where options such as julep_secrets_allow_names are."
        ) from None
    found = [table for keys in tables if (table := _table(content, keys)) is not None]
    return {key: value for table in found for key, value in table.items()} if found else None


def _table(content: Table, keys: Iterable[str]) -> Table | None:
    table: Any = content
    for key in keys:
        table = table.get(key) if isinstance(table, Mapping) else None
    return table if isinstance(table, Mapping) else None


def _lines(value: object) -> list[str]:
    lines = value if isinstance(value, list) else str(value).splitlines()
    return [line for line in (str(line).strip() for line in lines) if line]


def _ini(text: str) -> Table:
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    parser.read_string(text)
    return {section: dict(parser[section]) for section in parser.sections()}


_FILES: Final[tuple[tuple[str, Callable[[str], Table], tuple[tuple[str, ...], ...]], ...]] = (
    ("pytest.toml", tomllib.loads, (("pytest",),)),
    (".pytest.toml", tomllib.loads, (("pytest",),)),
    ("pytest.ini", _ini, (("pytest",),)),
    (".pytest.ini", _ini, (("pytest",),)),
    ("pyproject.toml", tomllib.loads, (("tool", "pytest"), ("tool", "pytest", "ini_options"))),
    ("tox.ini", _ini, (("pytest",),)),
    ("setup.cfg", _ini, (("tool:pytest",),)),
)
