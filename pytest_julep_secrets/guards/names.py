"""Names that look like production."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from pytest_julep_secrets.errors import ConfigurationError

_PRODUCTION: Final = frozenset({"prod", "production", "prd"})
_NEGATIONS: Final = frozenset({"no", "non", "not", "never", "pre", "un", "without"})
# What "live" is said of, also joined: "apikey".
_KEYS: Final = re.compile("(?:key|secret|api|token|private|public|publishable)++s?")

# Most names have none of this in them.
_ANY: Final = re.compile("pro?d|live", re.IGNORECASE)

# A letter that is not ASCII goes with the small ones.
_SMALL: Final = r"[^\W\d_A-Z]"
_KNOWN: Final = rf"(?:{'|'.join(_PRODUCTION)}|live|url|db|{_KEYS.pattern})(?!{_SMALL})"
# APIKey is API and Key; but DBprod is DB and prod, PRODkey is PROD and key, as small words that are
# known need no capital. And PrOd may be one word.
_READINGS: Final = (
    re.compile(rf"[A-Z]{{2,}}+(?={_KNOWN})|[A-Z]+(?!{_SMALL})|[A-Z]?{_SMALL}+"),
    re.compile(r"[^\W\d_]+"),
)


def production_reason(name: str, patterns: Sequence[re.Pattern[str]] = ()) -> str | None:
    """Tell why a secret's name looks like production, or None if it does not.

    The words "prod", "production" and "prd" count, in any case, and "live" directly before or
    last after what is said to be live: a key, secret, token, API, private, public or publishable.
    Words end at anything that is no letter, and at a change of case: "product" and "olive" are
    other words. A negation directly before the word lifts it: "non_prod", "notProdUrl".

    Args:
        name: The name of a secret.
        patterns: Count too, wherever in the name they match.

    Returns:
        Half a sentence that quotes the word, such as "it contains the word 'prod'".
    """
    if _ANY.search(name):
        for reading in _READINGS:
            for reason in _reasons(reading.findall(name)):
                return reason
    for pattern in patterns:
        if pattern.search(name):
            return f"it matches the pattern '{pattern.pattern}'"
    return None


def _reasons(words: list[str]) -> Iterator[str]:
    lowered = ["", *(word.lower() for word in words), ""]
    for place, (before, word) in enumerate(pairwise(lowered[:-1])):
        if before in _NEGATIONS:
            continue
        quoted, after = words[place], lowered[place + 2]
        if word in _PRODUCTION:
            yield f"it contains the word '{quoted}'"
        elif word == "live" and _KEYS.fullmatch(after):
            yield f"it contains the word '{quoted}' before '{words[place + 1]}'"
        elif word == "live" and not after and _KEYS.fullmatch(before):
            yield f"it contains the word '{quoted}' after '{words[place - 1]}'"


def read_patterns(lines: Sequence[str], where: str) -> list[re.Pattern[str]]:
    """Read regular expressions, one a line.

    Args:
        lines: What was given.
        where: Who gave it, such as "The ini option julep_secrets_name_patterns".

    Raises:
        ConfigurationError: If a line is none.
    """
    patterns: list[re.Pattern[str]] = []
    for line in lines:
        try:
            patterns.append(re.compile(line))
        except (re.error, OverflowError, RecursionError) as error:
            raise ConfigurationError(
                f"{where} has '{line}', which is no regular expression: {error}.\n"
                "Write it like this: (?i)^acme_main_"
            ) from None
    return patterns
