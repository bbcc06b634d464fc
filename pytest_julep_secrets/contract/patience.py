"""Clients that ask again when a server is too busy, and know of creates that were not answered.

Source: RFC 6585 for 429, RFC 9110 for 503 and Retry-After.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import httpx

# Too many requests; not now. Others may have been acted on.
BUSY: Final = frozenset({429, 503})
# Seconds to wait before each further try.
PAUSES: Final = (0.5, 1.0, 2.0, 4.0)
# A server that wants more is given up.
_LONGEST_S: Final = 10


class PatientClient(httpx.Client):
    """Asks again.

    Args:
        unanswered: Where a create is from when it is sent until it is answered.
        pauses: As above.
        options: As of `httpx.Client`.
    """

    def __init__(self, unanswered: set[object], pauses: tuple[float, ...], **options: Any) -> None:
        super().__init__(**options)
        self._unanswered = unanswered
        self._pauses = pauses

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send a request until the server has time for it."""
        with _noted(request, self._unanswered):
            for pause in self._pauses:
                response = super().send(request, **options)
                seconds = _seconds(response, pause)
                if seconds is None:
                    return response
                response.close()
                time.sleep(seconds)
            return super().send(request, **options)


class AsyncPatientClient(httpx.AsyncClient):
    """The same for asyncio."""

    def __init__(self, unanswered: set[object], pauses: tuple[float, ...], **options: Any) -> None:
        super().__init__(**options)
        self._unanswered = unanswered
        self._pauses = pauses

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send a request until the server has time for it."""
        with _noted(request, self._unanswered):
            for pause in self._pauses:
                response = await super().send(request, **options)
                seconds = _seconds(response, pause)
                if seconds is None:
                    return response
                await response.aclose()
                await asyncio.sleep(seconds)
            return await super().send(request, **options)


@contextmanager
def _noted(request: httpx.Request, unanswered: set[object]) -> Iterator[None]:
    """Note a create; it stays there if an exception ends it, Ctrl-C among them."""
    if request.method == "POST":
        unanswered.add(request)
    yield
    unanswered.discard(request)


def _seconds(response: httpx.Response, pause: float) -> float | None:
    """Return how long to wait before the next try; None for not at all."""
    if response.status_code not in BUSY:
        return None
    told = response.headers.get("retry-after", "")
    if not (told.isascii() and told.isdecimal()):
        return pause
    # So many digits are more than any pause.
    asked = int(told[:9])
    return max(pause, asked) if asked <= _LONGEST_S else None
