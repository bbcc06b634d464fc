"""What is in an archive."""

from __future__ import annotations

from typing import NamedTuple

from pytest_julep_secrets.artefacts.opening.layer import Layer


class Member(NamedTuple):
    """One entry of an archive, or what stands between entries.

    Attributes:
        name: Its path in the archive.
        words: What is written about it: its name, comments, owners; or what stands between.
        content: Its bytes; None if it has none, such as a folder.
    """

    name: str
    words: bytes
    content: Layer | None
