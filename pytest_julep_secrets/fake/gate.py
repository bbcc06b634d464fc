"""Who is asked about what comes into the fake. The fake itself judges nothing."""

from __future__ import annotations


class Gate:
    """Lets everything in and remembers nothing; guards and the leak check have one of their own."""

    def arrived(self, name: object, value: object) -> None:
        """Be told of a name and a value, as they were sent; the answer may still refuse them.

        Args:
            name: As sent; a string unless the sender made a mistake.
            value: Likewise.
        """

    def admit(self, name: str) -> None:
        """Be asked before a name is stored; raises to keep it out."""
