"""Why the database does not do what it was asked; nothing has changed then.

Source: agents_api `common/utils/db_exceptions.py`; recordings.
"""

from __future__ import annotations

from typing import ClassVar


class Refused(Exception):
    """The database refuses.

    Attributes:
        status: The status the API answers with.
        message: The API's sentence; "{}" stands for the operation.
    """

    status: ClassVar[int]
    message: ClassVar[str]


class InvalidData(Refused):
    """It cannot store this: NaN, infinity, a NUL in a key, a lone surrogate, a limit below 0."""

    status = 400
    message = "Invalid secret data provided during {}"


class UnknownId(Refused):
    """The developer has no secret of this id."""

    status = 404
    message = "No secret found during {}"


class InvalidName(Refused):
    """The name is not an identifier."""

    status = 400
    message = "The provided secret data violates one or more constraints during {}"


class NameTaken(Refused):
    """Another secret of this developer has the name."""

    status = 409
    message = "A secret with these unique properties already exists during {}"


class Unexpected(Refused):
    """An error that the server does not handle: a plain 500, whatever the operation."""

    status = 500
    message = "Internal Server Error"


class NameTooLong(Unexpected):
    """The name does not fit into the index."""


class TooDeep(Unexpected):
    """Metadata nests deeper than the server's recursion goes."""
