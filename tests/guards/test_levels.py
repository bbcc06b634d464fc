"""How strictly a check is taken."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.guards.levels import DEFAULTS, LEVELS, read_level, read_levels


def test_what_counts_where_nobody_says_anything() -> None:
    assert dict(DEFAULTS) == {
        **dict.fromkeys(("names", "credentials", "hosts", "environment", "leaks"), "error"),
        "blind": "warn",
        "naming": "off",
    }


@pytest.mark.parametrize("check", DEFAULTS)
@pytest.mark.parametrize("level", LEVELS)
def test_every_check_has_every_level(check: str, level: str) -> None:
    assert read_level(check, level, "The marker") == level
    assert read_levels([f"{check}={level}"], "The ini option") == {check: level}


@pytest.mark.parametrize("level", ["", "ERROR", "warning", True, None, 0, ["error"], {"a": 1}])
def test_another_level_is_refused(level: object) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_level("names", level, "The julep_secrets marker")

    assert str(caught.value) == (
        f"The julep_secrets marker gives 'names' the level {level!r}.\nLevels: error, warn, off"
    )


@pytest.mark.parametrize("check", ["", "Names", "host", "leak"])
def test_another_check_is_refused(check: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_level(check, "warn", "The option")

    assert str(caught.value) == (
        f"The option names the check '{check}'.\n"
        "There are: blind, credentials, environment, hosts, leaks, names, naming"
    )


@pytest.mark.parametrize(
    ("lines", "levels"),
    [
        ([], {}),
        (["names=warn"], {"names": "warn"}),
        (["  names =  off "], {"names": "off"}),
        (["names=warn", "leaks=off"], {"names": "warn", "leaks": "off"}),
        (["names=warn", "leaks=off", "names=error"], {"names": "error", "leaks": "off"}),
    ],
)
def test_lines(lines: list[str], levels: dict[str, str]) -> None:
    assert read_levels(lines, "The ini option") == levels


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("names", "The ini option says 'names'; it has to be CHECK=LEVEL."),
        ("", "The ini option says ''; it has to be CHECK=LEVEL."),
        ("names:warn", "The ini option says 'names:warn'; it has to be CHECK=LEVEL."),
        ("=warn", "The ini option names the check ''."),
        ("names=", "The ini option gives 'names' the level ''."),
        ("names=warn=off", "The ini option gives 'names' the level 'warn=off'."),
    ],
)
def test_any_other_line_is_refused(line: str, says: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_levels(["leaks=off", line], "The ini option")

    first, second = str(caught.value).splitlines()
    assert first == says
    assert second.startswith(("Write it like this: names=warn", "There are: ", "Levels: "))
