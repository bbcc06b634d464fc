"""Keys of the environment: which variables hold some, what stands there instead of a real one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Final

from pytest_julep_secrets.errors import ConfigurationError

_NAME: Final = re.compile(r"[A-Za-z0-9_*]*[A-Za-z0-9_][A-Za-z0-9_*]*")

_X: Final = re.compile("^x{3,}$")
_PIECE: Final = re.compile(r"[^\W\d_]+|\d+")
# One of these says that a value is none to guard,
_NOT_REAL: Final = frozenset(
    {
        "changeme", "dummy", "example", "fake", "invalid", "mock", "placeholder", "sample", "stub",
        "test", "testing", "tests", "unused", "your",
    }
)  # fmt: skip
# and these do not say otherwise.
_ALSO: Final = frozenset(
    {
        "api", "apikey", "auth", "for", "here", "insert", "julep", "key", "local", "me", "my",
        "not", "only", "pk", "secret", "secrets", "sk", "the", "token", "unit", "user", "value",
    }
)  # fmt: skip


def fake_value(name: str) -> str:
    """Return what stands in a variable instead of a real value: safe in URLs and headers.

    Args:
        name: The variable's, such as "JULEP_API_KEY".

    Returns:
        The same for the same name, such as "fake-julep-api-key".
    """
    return f"fake-{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')}"


def is_placeholder(value: str) -> bool:
    """Tell whether a value says itself that it is not real: `test-key`, `your_api_key_here`.

    Every word of it has to be a known one; `sk-test-9f3b2c71` may be real.
    """
    words = [_X.sub("fake", word.lower()) for word in _PIECE.findall(value)]
    known = all(word in _NOT_REAL | _ALSO or (word.isdecimal() and len(word) < 7) for word in words)
    return known and not _NOT_REAL.isdisjoint(words)


def read_names(lines: Iterable[str], where: str) -> Callable[[Collection[str]], list[str]]:
    """Read names of variables, in which `*` stands for anything.

    Args:
        lines: One name each.
        where: Who gave them, such as "The ini option julep_secrets_replace_env".

    Returns:
        A function that picks those meant from the names of all variables.

    Raises:
        ConfigurationError: If one is no name, or means every variable.
    """
    for line in lines:
        if not _NAME.fullmatch(line):
            raise ConfigurationError(
                f"{where} says '{line}'; it has to be the name of a variable, in which * stands "
                "for anything but does not stand alone.\nWrite it like this: STRIPE_*"
            )
    plain = [line for line in lines if "*" not in line]
    patterns = [re.compile(line.replace("*", ".*")) for line in lines if "*" in line]

    def pick(names: Collection[str]) -> list[str]:
        picked = [name for name in plain if name in names]
        for pattern in patterns:
            picked += [name for name in names if pattern.fullmatch(name)]
        return picked

    return pick
