"""Whether a text could be a real secret: no placeholder, no pattern that a person has typed."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from math import log2
from typing import Final

# What people write where a secret would stand. Long enough not to be met in a random text.
_PLACEHOLDER: Final = re.compile(
    r"(?ix) example | sample | dummy | fake | mock | test | place.?holder | redacted | replace"
    r"| change.?(?:me|it) | your | my.?(?:secret|password|key|token) | insert | not.?(?:a.?)?real"
    r"| pass.?word | p[a@4][s$5]{2}w[o0]rd | secret | foo.?bar | qwerty | asdf | dead.?beef"
    r"| x{4} | \*{3} | \.{3} | [<>{}]"
)
# Of shells, of Python's templates.
_VARIABLE: Final = re.compile(r"\$\w+|%\w|%\(\w+\)\w")
# As a whole, in any case: passwords of examples, and of images of databases.
_COMMON: Final = frozenset(
    {
        "admin",
        "dba",
        "guest",
        "letmein",
        "master",
        "mongo",
        "mysql",
        "none",
        "null",
        "pass",
        "passwd",
        "postgres",
        "postgresql",
        "psw",
        "pw",
        "pwd",
        "rabbitmq",
        "redis",
        "root",
        "sa",
        "user",
        "username",
        "welcome",
    }
)
# As a share of what a text of as many characters, all different, would have, 32 at most. A random
# text is above it, also one of hexadecimal digits, in all but 1 of 1,000 cases.
_ENTROPY: Final = 0.6


def is_plausible_token(text: str) -> bool:
    """Tell whether a text may have come out of a generator of random characters."""
    return (
        not _PLACEHOLDER.search(text)
        and _entropy(text) > _ENTROPY * log2(min(len(text), 32) or 1)
        and _steps(text) < 0.4
    )


def is_plausible_password(text: str, user: str = "") -> bool:
    """Tell whether a text may be a password that somebody has chosen."""
    plain = text.lower()
    return (
        len(set(plain)) > 3
        and plain != user.lower()
        and plain.rstrip("0123456789!") not in {*_COMMON, ""}
        and not _VARIABLE.fullmatch(plain)
        and not _PLACEHOLDER.search(plain)
    )


def _entropy(text: str) -> float:
    """Return the Shannon entropy of a text, in bits a character."""
    size = len(text)
    return -sum(many / size * log2(many / size) for many in Counter(text).values())


def _steps(text: str) -> float:
    """Return the share of characters that repeat or continue the one before: "aab", "321"."""
    near = sum(abs(ord(one) - ord(next_)) <= 1 for one, next_ in pairwise(text))
    return near / max(len(text) - 1, 1)
