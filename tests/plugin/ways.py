"""Ways for a violation to come out of code, or not to. Copied beside the tests that use it.

Each is a function of a name's own: `sync_...` is called, `async_...` is awaited on asyncio,
`trio_...` on trio.
"""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import anyio
import julep
import pytest
import trio

VALUE = "sk-fake-8d1c07b35e"

# Built at import, as much code does.
_client = julep.Julep(api_key="fake")


def violate() -> None:
    _client.secrets.create(name="prod_key", value=VALUE)


async def violate_async() -> None:
    async with julep.AsyncJulep(api_key="fake") as client:
        await client.secrets.create(name="prod_key", value=VALUE)


# --- on its own stack


def sync_raised() -> None:
    violate()


def sync_except_exception() -> None:
    with suppress(Exception):
        violate()


def sync_except_base_exception() -> None:
    try:
        violate()
    except BaseException:
        pass


def sync_bare_except() -> None:
    try:
        violate()
    except:
        pass


def sync_suppress() -> None:
    with suppress(BaseException):
        violate()


def sync_finally_return() -> None:
    try:
        violate()
    finally:
        return


def sync_pytest_raises() -> None:
    with pytest.raises(BaseException):
        violate()


def sync_converted() -> None:
    try:
        violate()
    except BaseException as error:
        raise ValueError("converted") from error


def sync_converted_in_passing() -> None:
    try:
        violate()
    except BaseException:
        raise ValueError("converted")


def sync_converted_from_none() -> None:
    try:
        violate()
    except BaseException:
        raise ValueError("converted") from None


def sync_generator_left() -> None:
    def generate() -> Any:
        try:
            yield
        finally:
            violate()

    next(generate())
    gc.collect()


def sync_del() -> None:
    class Left:
        def __del__(self) -> None:
            violate()

    Left()
    gc.collect()


# --- in threads


def sync_thread() -> None:
    thread = threading.Thread(target=violate)
    thread.start()
    thread.join()


def sync_future_read() -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(violate).result()


def sync_future_left() -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(violate)


def sync_future_callback() -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(int).add_done_callback(lambda _: _swallow(violate))


def _swallow(call: Callable[[], None]) -> None:
    with suppress(BaseException):
        call()


# --- on asyncio


async def async_awaited() -> None:
    await violate_async()


async def async_task() -> None:
    await asyncio.create_task(violate_async())


async def async_wait_for() -> None:
    await asyncio.wait_for(violate_async(), 60)


async def async_gather() -> None:
    await asyncio.gather(violate_async(), asyncio.sleep(0))


async def async_gather_return_exceptions() -> None:
    await asyncio.gather(violate_async(), return_exceptions=True)


async def async_fire_and_forget() -> None:
    # Done, but nobody asks how.
    await asyncio.wait([asyncio.create_task(violate_async())])


async def async_task_group() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(violate_async())


async def async_callback() -> None:
    asyncio.get_running_loop().call_soon(violate)
    await asyncio.sleep(0)


async def async_to_thread() -> None:
    await asyncio.to_thread(violate)


async def async_executor() -> None:
    await asyncio.get_running_loop().run_in_executor(None, violate)


async def async_anyio_task_group() -> None:
    async with anyio.create_task_group() as group:
        group.start_soon(violate_async)


async def async_suppress() -> None:
    with suppress(BaseException):
        await violate_async()


# --- on trio


async def trio_awaited() -> None:
    await violate_async()


async def trio_nursery() -> None:
    async with trio.open_nursery() as nursery:
        nursery.start_soon(violate_async)


async def trio_to_thread() -> None:
    await trio.to_thread.run_sync(violate)


async def trio_suppress() -> None:
    with suppress(BaseException):
        await violate_async()
