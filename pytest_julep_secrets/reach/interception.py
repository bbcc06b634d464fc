"""Leads requests of any httpx client in this process to the innermost active fake."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pytest_julep_secrets import sdk
from pytest_julep_secrets.reach import httpx
from pytest_julep_secrets.reach.transport import Answer, FakeTransport, owned_prefix


class Target:
    """A fake that requests are led to.

    Args:
        answer: `FakeServer.answer`.
        base_urls: Bases beside the SDK's own and `JULEP_BASE_URL`.

    Attributes:
        takes_requests: False leaves them to the mocks below.
    """

    def __init__(self, answer: Answer, base_urls: tuple[str, ...] = ()) -> None:
        self.takes_requests = True
        self._answer = answer
        self._bases = (*map(sdk.base_of, base_urls), *sdk.KNOWN_BASES)
        self._transports: dict[str, FakeTransport] = {}

    def bases(self) -> Iterator[sdk.Base]:
        """Give every known base; `JULEP_BASE_URL` as it is now."""
        url = os.environ.get("JULEP_BASE_URL")
        if url:
            # A client built with a bad URL says so itself.
            with suppress(ValueError):
                yield sdk.base_of(url)
        yield from self._bases

    def take(self, url: Any, request: Any, below: Any) -> FakeTransport | None:
        """Return the transport for a request that is the fake's, one object for each prefix."""
        if isinstance(below, FakeTransport) or not self.takes_requests:
            return None
        prefix = owned_prefix(url, request, self.bases())
        if prefix is None:
            return None
        return self._transports.setdefault(prefix, FakeTransport(self._answer, prefix))


def start(target: Target) -> None:
    """Lead requests to this fake until it is stopped, or another one is started."""
    httpx.fakes.append(target)


def stop(target: Target) -> None:
    """End what `start` began; the fake that was active before is so again."""
    # Backwards: started twice, a fake is stopped twice.
    fakes = httpx.fakes
    for place in reversed(range(len(fakes))):
        if fakes[place] is target:
            del fakes[place]
            return
