"""Reading the whole list of secrets, however long, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

PAGE: Final = 100
_OVERLAP: Final = 5
_TEXTS: Final = ("id", "name", "value", "created_at")

# Gets one page by its query.
Get = Callable[[str], list[dict[str, Any]]]


def is_secret(listed: object) -> bool:
    """Tell whether what a list holds looks like a secret: all that is read of it is text."""
    return isinstance(listed, dict) and all(isinstance(listed.get(key), str) for key in _TEXTS)


def every_secret(get: Get, since: str = "") -> Iterator[dict[str, Any]]:
    """Yield every secret there is, newest first, each once.

    Others may make some meanwhile: those move the rest on, and some come twice. Others may
    delete some, and the rest moves up: so each page overlaps the one before.

    Args:
        get: Gets one page.
        since: A time as the API writes it; what is older is of no interest, as far as whole
            pages of it need not be read.
    """
    seen: set[str] = set()
    offset = 0
    while True:
        page = get(f"limit={PAGE}&offset={offset}")
        new = [secret for secret in page if secret["id"] not in seen]
        seen.update(secret["id"] for secret in new)
        yield from new
        if len(page) < PAGE or not new or _comparable(page[-1]["created_at"]) < _comparable(since):
            return
        offset += PAGE - _OVERLAP


def _comparable(time: object) -> str:
    # As it stands, "59Z" would come after "59.5Z".
    return str(time).removesuffix("Z")
