"""All secrets there are."""

from __future__ import annotations

from collections.abc import Iterator

import julep
from julep.types import Secret


def every(client: julep.Julep) -> Iterator[Secret]:
    """Give all secrets, page by page: of a list without a limit there are only the newest 100."""
    offset = 0
    while page := _page(client, offset):
        yield from page
        offset += len(page)


def _page(client: julep.Julep, offset: int) -> list[Secret]:
    page: object = client.secrets.list(limit=100, offset=offset)
    if not isinstance(page, list):
        # The SDK hands on what is no JSON, such as a gateway's page; it would never end.
        raise TypeError("Julep's answer is no list of secrets.")
    return page


def find(client: julep.Julep, name: str) -> Secret | None:
    """Return a secret; the API has no look-up by name."""
    return next((secret for secret in every(client) if secret.name == name), None)
