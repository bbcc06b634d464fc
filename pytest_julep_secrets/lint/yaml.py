"""YAML files."""

from __future__ import annotations

from pytest_julep_secrets.documents.unreadable import decode
from pytest_julep_secrets.documents.yaml import load
from pytest_julep_secrets.lint.documents import mentions_of
from pytest_julep_secrets.lint.mention import Mention


def read(raw: bytes) -> tuple[str, list[Mention]]:
    """Read a YAML file.

    Returns:
        Its text, and what its documents mention.

    Raises:
        NoLibraryError: If PyYAML is not installed.
        UnreadableError: If it is not YAML.
    """
    text = decode(raw)
    return text, [one for document in load(text) for one in mentions_of(document)]
