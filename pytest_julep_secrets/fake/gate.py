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

    def admit(self, name: str, value: str) -> None:
        """Be asked before a secret is stored; raises to keep it out."""

    def admit_key(self, key: str) -> None:
        """Be asked before a request is answered; raises to keep it out.

        Args:
            key: The header that holds the API key, as it was sent.
        """
