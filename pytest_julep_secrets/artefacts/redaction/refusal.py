"""Why a file is left as it is."""

from __future__ import annotations

from typing import Final

LEAVE_OUT: Final = "Leave it out of what you upload."
BY_HAND: Final = "Take it out by hand, or leave the file out of what you upload."


class RefusedError(Exception):
    """A file that holds a value, and cannot be rewritten safely.

    Args:
        what: A sentence: what is in the way; nothing of the file in it.
        advice: A sentence: what to do.

    Attributes:
        reason: Both.
    """

    def __init__(self, what: str, advice: str = LEAVE_OUT) -> None:
        self.reason: str = f"{what} {advice}"
        super().__init__(self.reason)
