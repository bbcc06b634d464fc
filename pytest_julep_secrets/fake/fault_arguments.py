"""What a test may say of a fault; anything else is a sentence that names what it may."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any, Final, TypeGuard

from pytest_julep_secrets.fake.fault import ANY, Drop
from pytest_julep_secrets.fake.rules import names, routes

OPERATIONS: Final = (*(route.operation for route in routes.ROUTES), ANY)
DROPS: Final[tuple[Drop, ...]] = ("before", "during", "after")

ARGUMENTS: Final = (
    "status",
    "headers",
    "body",
    "delay_s",
    "drop",
    "name",
    "skip",
    "times",
)

_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+")
# Without line breaks, of which a client would make two headers.
_TEXT: Final = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_OURS: Final = ("content-length", "transfer-encoding")


def nothing_else(unknown: Mapping[str, object]) -> None:
    """Refuse arguments that there are not.

    Raises:
        TypeError: If there is one.
    """
    for key in unknown:
        raise TypeError(f"A fault has no argument '{key}'.\nThere are: {', '.join(ARGUMENTS)}")


def operation(given: object) -> str:
    """Check an operation.

    Raises:
        ValueError: If there is no such one; likewise for the others here.
    """
    if given in OPERATIONS:
        return str(given)
    raise ValueError(f"A fault's operation has to be one of {_listed(OPERATIONS)}.")


def name(given: object, operation: str = ANY) -> str | None:
    """Check a secret's name. One that is none is not shown: it may be a value."""
    if given is None:
        return None
    if not isinstance(given, str) or not names.is_valid(given):
        raise ValueError(
            "A fault's name has to be the name of a secret: an ASCII letter, then ASCII letters, "
            "digits or underscores."
        )
    if operation == "list":
        raise ValueError(
            "A list is about no secret in particular, so its fault takes no name.\n"
            "Leave the name out, or say which operation on the secret has to fail."
        )
    return given


def status(given: object) -> int | None:
    """Check a status."""
    if given is None or (_is_whole(given) and 400 <= given < 600):
        return given
    raise ValueError(
        "A fault's status has to be a number from 400 to 599.\n"
        "To change an answer that is no error, leave the status out and give headers or a body."
    )


def headers(given: object) -> dict[str, str]:
    """Check headers: names mapped to texts or numbers."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise ValueError(  # noqa: TRY004 - one kind of error for all arguments
            "A fault's headers have to be a mapping.\n"
            "Write it like this: headers={'retry-after': '2'}"
        )
    return dict(_header(key, value) for key, value in given.items())


def _header(key: object, value: object) -> tuple[str, str]:
    known = str(key).lower()
    if not _TOKEN.fullmatch(known):
        raise ValueError("A fault's headers have a name that HTTP does not allow.")
    text = value if isinstance(value, str) else f"{value:g}" if _is_number(value) else None
    if text is None or not _TEXT.fullmatch(text):
        raise ValueError(
            f"A fault's header '{known}' has to be a text of Latin-1 without line breaks, "
            "or a number."
        )
    if known in _OURS:
        raise ValueError(
            f"A fault cannot set the header '{known}'.\n"
            "For an answer that breaks off use drop='during'."
        )
    return known, text


def body(given: object) -> bytes | None:
    """Check a body: bytes, text, or what JSON is made of."""
    if given is None or isinstance(given, bytes):
        return given
    try:
        if isinstance(given, str):
            return given.encode()
        if isinstance(given, dict | list):
            return json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode()
    except (TypeError, ValueError, RecursionError):
        # Whatever it says may hold a value.
        pass
    raise ValueError("A fault's body has to be bytes, a text, or a dict or list of JSON.")


def seconds(given: object) -> float:
    """Check a delay."""
    if _is_number(given) and 0 <= given < math.inf:
        return float(given)
    raise ValueError("A fault's delay_s has to be a number of seconds, 0 or more.")


def drop(given: object) -> Drop | None:
    """Check where the connection is dropped."""
    if given is None or given in DROPS:
        return given
    raise ValueError(f"A fault's drop has to be one of {_listed(DROPS)}, or None.")


def skip(given: object) -> int:
    """Check how many requests pass first."""
    if _is_whole(given) and given >= 0:
        return given
    raise ValueError("A fault's skip has to be a whole number, 0 or more.")


def times(given: object) -> int | None:
    """Check how often it acts."""
    if given is None or (_is_whole(given) and given >= 1):
        return given
    raise ValueError("A fault's times has to be a whole number, 1 or more, or None for always.")


def agree(arguments: dict[str, Any]) -> None:
    """Check that a fault does something, and nothing that contradicts itself."""
    answers = [key for key in ("status", "headers", "body") if arguments[key] not in (None, {})]
    where = arguments["drop"]
    if where in ("before", "after") and answers:
        raise ValueError(
            f"A fault with drop='{where}' sends no answer, so it takes no {answers[0]}.\n"
            "Leave out one of the two; for an answer that breaks off use drop='during'."
        )
    if where == "during" and arguments["body"] == b"":
        raise ValueError("A fault's body is empty, so it cannot break off.\nGive it a body.")
    if not (answers or where or arguments["delay_s"]):
        raise ValueError(
            "A fault has to do something.\nGive it a status, headers, body, delay_s or drop."
        )


def _is_whole(given: object) -> TypeGuard[int]:
    return isinstance(given, int) and not isinstance(given, bool)


def _is_number(given: object) -> TypeGuard[float]:
    return isinstance(given, int | float) and not isinstance(given, bool)


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
