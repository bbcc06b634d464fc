"""Who is asked about what comes into the fake. The fake itself judges nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qsl


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


def named_values(body: object) -> Iterator[tuple[object, object]]:
    """Give the names and values in a body, of a secret or of a list of them.

    Args:
        body: As parsed; or bytes that are not declared as JSON, or that nobody has looked at: JSON
            all the same, or a form. The server may echo them.
    """
    if isinstance(body, bytes):
        body = _read(body)
    for one in body if isinstance(body, list) else [body]:
        if isinstance(one, dict):
            yield one.get("name"), one.get("value")
        elif isinstance(one, str | list):
            yield None, one


def _read(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return dict(parse_qsl(body.decode("utf-8", "replace"))) or None
