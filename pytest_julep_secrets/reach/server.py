"""The fake as an HTTP server for other processes and languages, in a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from functools import partial
from typing import Final, Self

from pytest_julep_secrets.reach.connection import Answer, Connection, Limits
from pytest_julep_secrets.reach.safely import safely

# Clients that may wait to be let in.
_BACKLOG: Final = 256
# Most seconds that clients have to take their last reply when the server stops.
_FAREWELL_S: Final = 1.0


class Server:
    """Answers over HTTP/1.1 from when it is entered until it is left.

    Args:
        answer: `FakeServer.answer`, or anything like it. It is called in the server's thread, one
            call at a time. A violation that it raises is told to the client, as a 403.
        host: Where to listen.
        port: 0 for any that is free.
        limits: What clients may ask of it.

    Attributes:
        url: "http://127.0.0.1:PORT", without a slash at the end. Clients that connect once it is
            known are answered.
    """

    url: str

    def __init__(
        self,
        answer: Answer,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        limits: Limits | None = None,
    ) -> None:
        self._answer = safely(answer)
        self._place = host, port
        self._limits = limits or Limits()
        self._clients: set[Connection] = set()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Start it, unless that is done.

        Raises:
            OSError: If nothing can listen there.
        """
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it: replies that were begun are sent, connections closed, the thread ended."""
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self._stopped.set)
            self._thread.join()
            self._thread = None

    def start(self) -> None:
        """Start it before it is entered, to tell its errors from those inside of the block.

        Raises:
            OSError: If nothing can listen there.
        """
        if self._thread is not None:
            return
        listening = _listen(*self._place)
        self.url = _url(listening)
        self._loop = asyncio.SelectorEventLoop()
        self._stopped = asyncio.Event()
        self._thread = threading.Thread(
            target=self._run, args=(listening,), name="julep_server", daemon=True
        )
        self._thread.start()

    def _run(self, listening: socket.socket) -> None:
        # Of a kind of its own, whatever policy the user has set.
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve(listening))

    async def _serve(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        connect: Callable[[], Connection] = partial(
            Connection, self._answer, self._limits, self._clients
        )
        server = await loop.create_server(connect, sock=listening, backlog=_BACKLOG)
        while not await self._is_stopped_within(self._limits.step_s):
            now = loop.time()
            for client in list(self._clients):
                client.expire(now)
        # asyncio loses those that it lets in at the moment when it stops to.
        while letting_in := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(letting_in)
        server.close()
        await self._say_goodbye()

    async def _say_goodbye(self) -> None:
        for client in self._clients:
            client.close()
        deadline = self._loop.time() + _FAREWELL_S
        while self._clients and self._loop.time() < deadline:
            await asyncio.sleep(0.001)
        for client in self._clients:
            client.abort()
        # For asyncio to tell them.
        await asyncio.sleep(0)

    async def _is_stopped_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                return await self._stopped.wait()
        except TimeoutError:
            return False


def _listen(host: str, port: int) -> socket.socket:
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    return socket.create_server(address[:2], family=family, backlog=_BACKLOG)


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    # Who listens everywhere is reached here.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not a place to bind
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
