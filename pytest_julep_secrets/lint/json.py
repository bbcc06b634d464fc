"""JSON files."""

from __future__ import annotations

from pytest_julep_secrets.documents.json import load
from pytest_julep_secrets.documents.unreadable import decode
from pytest_julep_secrets.lint.documents import mentions_of
from pytest_julep_secrets.lint.mention import Mention


def read(raw: bytes) -> tuple[str, list[Mention]]:
    """Read a JSON file.

    Returns:
        Its text, and what it mentions.

    Raises:
        UnreadableError: If it is not JSON.
    """
    text = decode(raw)
    return text, list(mentions_of(load(text)))
