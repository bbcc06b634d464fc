"""Names that look like production."""

from __future__ import annotations

import re
from typing import Final

_PRODUCTION: Final = frozenset({"prod", "production", "prd"})

# "PRODKey" is PROD and Key, "billingProd" is billing and Prod.
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# "PRODkey" is PROD and key, too; and a word may be in a case of its own, such as "PrOd".
_OTHERS: Final = (re.compile(r"[A-Z]{2,}"), re.compile(r"[A-Za-z]+"))


def production_reason(name: str) -> str | None:
    """Tell why a secret's name looks like production, or None if it does not.

    The words "prod", "production" and "prd" count, in any case; words end at anything that is
    no letter, and at a change of case. "product" and "reproduce" are other words.

    Args:
        name: The name of a secret.

    Returns:
        Half a sentence that quotes the word, such as "it contains the word 'prod'".
    """
    for words in (_WORD, *_OTHERS):
        for word in words.findall(name):
            if word.lower() in _PRODUCTION:
                return f"it contains the word '{word}'"
    return None
