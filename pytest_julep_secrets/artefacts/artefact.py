"""A text to search: a file, or what is in an archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Artefact:
    """A file, or a member of an archive, open for reading.

    Attributes:
        path: As findings show it: "out/a.log", "out/a.zip!/b.log".
        file: Its bytes, unpacked; UTF-16 and UTF-32 as UTF-8. `seek(0)` begins anew. Reading may
            raise an `UnreadableError`; what was read until then counts.
        is_names: Whether it is no file, but the names in a folder ("out/"), of the paths that were
            given ("./"), in an archive, with comments ("a.zip!/"), or in the header of gzip data
            ("a.log.gz!/"): one a line.
    """

    path: str
    file: BinaryIO
    is_names: bool = False


class UnreadableError(Exception):
    """A file that cannot be read, or not as what it is.

    Args:
        reason: A sentence or two: what happened, what to do; nothing of the file in it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason: str = reason


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be searched, or not to its end.

    Attributes:
        path: As above.
        reason: A sentence or two.
    """

    path: str
    reason: str
