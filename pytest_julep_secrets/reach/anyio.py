"""Waiting in whichever event loop is running."""

from __future__ import annotations

import anyio


async def sleep(seconds: float) -> None:
    """Let others run for so long, in asyncio or trio."""
    await anyio.sleep(seconds)
