"""Files of environment variables."""

from __future__ import annotations

from pytest_julep_secrets.documents.lines import Places
from pytest_julep_secrets.documents.unreadable import UnreadableError, decode
from pytest_julep_secrets.dotenv import entries
from pytest_julep_secrets.lint.mention import Mention


def read(raw: bytes) -> tuple[str, list[Mention]]:
    """Read a file of environment variables.

    Returns:
        Its text, and its names and values.

    Raises:
        UnreadableError: If a line is anything else.
    """
    text = decode(raw)
    places = Places(text)

    def refuse(at: int) -> None:
        raise UnreadableError("It has a line that is not NAME=value.", *places.of(at))

    found: list[Mention] = []
    for entry in entries(text, refuse):
        found.append(Mention("name", entry.name, *places.of(entry.name_at)))
        if entry.value:
            found.append(Mention("value", entry.value, *places.of(entry.value_at), entry.name))
    return text, found
