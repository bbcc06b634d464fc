"""Calls as steps, written once for both kinds of client: one that waits, one that is awaited."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

# What is yielded sends a request; what comes back is its answer, or what it has raised.
Send = Callable[[], Any]
Steps = Generator[Send, Any, Any]


def take(steps: Steps) -> Any:
    """Take one step after the other, and return what they come to."""
    __tracebackhide__ = True
    try:
        send = next(steps)
        while True:
            try:
                answer = send()
            except Exception as error:  # noqa: BLE001 - the steps go on from it, or raise it
                send = steps.throw(error)
            else:
                send = steps.send(answer)
    except StopIteration as end:
        return end.value


async def take_async(steps: Steps) -> Any:
    """Likewise, where what is sent has to be awaited."""
    __tracebackhide__ = True
    try:
        send = next(steps)
        while True:
            try:
                answer = await send()
            except Exception as error:  # noqa: BLE001 - as above
                send = steps.throw(error)
            else:
                send = steps.send(answer)
    except StopIteration as end:
        return end.value
