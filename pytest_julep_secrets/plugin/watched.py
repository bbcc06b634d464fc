"""Values of the environment, and of dotenv files, that must not show in any test."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pytest_julep_secrets.dotenv import entries
from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.guards.environment import fake_value
from pytest_julep_secrets.leaks.watch import Watch
from pytest_julep_secrets.plugin.owners import RUN

if TYPE_CHECKING:
    import pytest

OPTION: Final = "julep_secrets_watch_env"

_VARIABLE: Final = re.compile(r"[^./\\]+")


def watch_environment(config: pytest.Config, watch: Watch) -> None:
    """Look for the values that ini names, in every test.

    Raises:
        ConfigurationError: If an entry names no variable, or a file that cannot be read.
    """
    for line in config.getini(OPTION):
        file, colon, pattern = line.rpartition(":")
        if not colon and not _VARIABLE.fullmatch(line):
            raise ConfigurationError(
                f"The ini option {OPTION} says '{line}', which is no variable.\n"
                "Entries of a file are written like this: .env:*_PASSWORD"
            )
        known = _read(config, file) if colon else os.environ
        for name, value in _matching(known, pattern):
            watch.add(name, value, RUN)


def _matching(known: Mapping[str, str], pattern: str) -> Iterator[tuple[str, str]]:
    for name, value in list(known.items()):
        if value not in {"", fake_value(name)} and fnmatchcase(name, pattern):
            yield name, value


def _read(config: pytest.Config, file: str) -> dict[str, str]:
    folder = config.inipath.parent if config.inipath else config.rootpath
    try:
        text = (folder / Path(file)).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise ConfigurationError(
            f"The file '{file}' cannot be read: {reason}.\nCheck {OPTION}."
        ) from None
    return {entry.name: entry.decoded for entry in entries(text, lambda _: None)}
