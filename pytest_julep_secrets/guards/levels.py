"""How strictly a check is taken, and how a user says so: `names=warn`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from pytest_julep_secrets.errors import ConfigurationError

Level = Literal["error", "warn", "off"]

LEVELS: Final[tuple[Level, ...]] = ("error", "warn", "off")

# Of "blind" that of the end of a test; where a test asks itself, it is "error". Of "naming" that of
# the convention; a name that Julep looks up, in the wrong case, is "warn".
DEFAULTS: Final[Mapping[str, Level]] = {
    "names": "error",
    "credentials": "error",
    "hosts": "error",
    "environment": "error",
    "leaks": "error",
    "blind": "warn",
    "naming": "off",
}


def read_level(check: str, level: object, where: str) -> Level:
    """Check a level for a check.

    Args:
        check: The check's name.
        level: What was given.
        where: Who gave it, such as "The julep_secrets marker".

    Raises:
        ConfigurationError: If there is no such check or level.
    """
    if check not in DEFAULTS:
        known = ", ".join(sorted(DEFAULTS))
        raise ConfigurationError(f"{where} names the check '{check}'.\nThere are: {known}")
    if level not in LEVELS:
        known = ", ".join(LEVELS)
        raise ConfigurationError(f"{where} gives '{check}' the level {level!r}.\nLevels: {known}")
    return level


def read_levels(lines: list[str], where: str) -> dict[str, Level]:
    """Read lines such as `names=warn`; of one check the last counts.

    Raises:
        ConfigurationError: If a line is anything else.
    """
    levels: dict[str, Level] = {}
    for line in lines:
        check, equals, level = (part.strip() for part in line.partition("="))
        if not equals:
            raise ConfigurationError(
                f"{where} says '{line}'; it has to be CHECK=LEVEL.\nWrite it like this: names=warn"
            )
        levels[check] = read_level(check, level, where)
    return levels
