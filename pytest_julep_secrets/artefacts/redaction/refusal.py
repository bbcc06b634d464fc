"""Why a file is left as it is."""

from __future__ import annotations


class RefusedError(Exception):
    """A file that holds a value, and cannot be rewritten safely.

    Args:
        reason: A sentence or two: what is in the way, what to do; nothing of the file in it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
