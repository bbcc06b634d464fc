"""Names that look like production."""

from __future__ import annotations

import re
from typing import Final

_PRODUCTION: Final = frozenset({"prod", "production", "prd"})

# "PRODKey" is PROD and Key, "billingProd" is billing and Prod.
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# For words in a case of their own, such as "PrOd".
_LETTERS: Final = re.compile(r"[A-Za-z]+")


def production_reason(name: str) -> str | None:
    """Tell why a secret's name looks like production, or None if it does not.

    The words "prod", "production" and "prd" count, in any case; words end at anything that is
    no letter, and at a change of case. "product" and "reproduce" are other words.

    Args:
        name: The name of a secret.

    Returns:
        Half a sentence that quotes the word, such as "it contains the word 'prod'".
    """
    for word in (*_WORD.findall(name), *_LETTERS.findall(name)):
        if word.lower() in _PRODUCTION:
            return f"it contains the word '{word}'"
    return None
