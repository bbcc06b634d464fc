"""One client of the server: what it sends is answered in turn, and it may not take forever."""

from __future__ import annotations

import asyncio
import math
import socket
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, cast

from pytest_julep_secrets.fake.call import Call, Delivery, Reply
from pytest_julep_secrets.reach.h11 import Conversation, Unreadable

Answer = Callable[[Call], Reply]
# Most requests of one client that are answered before others have their turn.
_TURN: Final = 32


@dataclass(frozen=True, slots=True)
class Limits:
    """What a client may ask of the server.

    Attributes:
        head: Most bytes of a request line with its headers; the real server's.
        body: Most bytes of a body; the real server has no limit.
        request_s: Most seconds for a request to arrive as a whole, or a reply to be taken.
        idle_s: Most seconds between requests.
        leave_s: Most seconds for a client to close its end, once the server has closed its own.
    """

    head: int = 64 * 1024
    body: int = 128 * 1024 * 1024
    request_s: float = 30
    idle_s: float = 75
    leave_s: float = 1

    @property
    def step_s(self) -> float:
        """Seconds after which to look again who takes too long."""
        return min(self.request_s, self.idle_s, self.leave_s) / 2


class Connection(asyncio.Protocol):
    """Answers the requests of one connection, one after the other.

    Args:
        answer: Gives the reply to a call; raises nothing.
        limits: As above.
        everyone: Where it is as long as it is open.
    """

    def __init__(self, answer: Answer, limits: Limits, everyone: set[Connection]) -> None:
        self._answer = answer
        self._limits = limits
        self._everyone = everyone
        self._conversation = Conversation(limits.head, limits.body)
        self._loop = asyncio.get_running_loop()
        self._deadline = self._loop.time() + limits.idle_s
        # It does not read what it is sent.
        self._is_full = False
        # A reply is on its way that takes its time.
        self._late: asyncio.TimerHandle | None = None
        # More requests are here, for when others have had theirs answered.
        self._next_turn: asyncio.Handle | None = None
        # The last reply is sent; what still comes is thrown away.
        self._is_leaving = False

    # --- what asyncio tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)
        # asyncio itself does this only for sockets that were made for this very protocol.
        client = transport.get_extra_info("socket")
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._everyone.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - it is over anyway
        """End."""
        self._everyone.discard(self)
        for waiting in (self._late, self._next_turn):
            if waiting is not None:
                waiting.cancel()

    def data_received(self, data: bytes) -> None:
        """Answer what is there as a whole by now."""
        if not self._is_leaving:
            if not self._conversation.has_begun:
                self._wait(self._limits.request_s)
            self._conversation.receive(data)
            self._go_on()

    def eof_received(self) -> None:
        """Know that no other request comes; asyncio closes the connection."""
        if not self._is_leaving:
            self._conversation.receive(b"")
            self._go_on()

    def pause_writing(self) -> None:
        """Read nothing more until the client has read."""
        self._is_full = True
        self._transport.pause_reading()
        self._wait(self._limits.request_s)

    def resume_writing(self) -> None:
        """Go on."""
        self._is_full = False
        self._transport.resume_reading()
        self._go_on()

    # --- what the server asks for

    def expire(self, now: float) -> None:
        """End it if it takes too long.

        Args:
            now: By the loop's clock, in seconds.
        """
        if now < self._deadline:
            return
        if self._is_leaving or self._is_full or not self._conversation.has_begun:
            self._transport.abort()
        else:
            text = f"The request did not arrive within {self._limits.request_s:g} seconds."
            self._refuse(Unreadable(HTTPStatus.REQUEST_TIMEOUT, text))

    def close(self) -> None:
        """End it once what was written is sent."""
        self._transport.close()

    def abort(self) -> None:
        """End it now."""
        self._transport.abort()

    # --- inside

    def _go_on(self) -> None:
        for _ in range(_TURN):
            if self._is_held or not self._answer_one():
                return
        if not self._is_held:
            # Nor is its end read before the requests that came before it are answered.
            self._transport.pause_reading()
            self._next_turn = self._loop.call_soon(self._take_turn)

    def _take_turn(self) -> None:
        self._next_turn = None
        self._transport.resume_reading()
        self._go_on()

    @property
    def _is_held(self) -> bool:
        """Tell whether nothing is to be answered now; what a closed transport is given is lost."""
        waits = self._is_full or self._late is not None
        return waits or self._is_leaving or self._transport.is_closing()

    def _answer_one(self) -> bool:
        """Answer the next request; tells whether there was one."""
        try:
            call = self._conversation.next_call()
        except Unreadable as error:
            self._refuse(error)
            return False
        if call is None:
            invitation = self._conversation.invitation()
            if invitation:
                self._transport.write(invitation)
            return False
        reply = self._answer(call)
        if reply.delivery is None:
            self._send(reply)
        else:
            self._send_late(reply, reply.delivery)
        return True

    def _send(self, reply: Reply) -> None:
        # In one piece: of two, the second may wait until the client has confirmed the first.
        self._transport.write(self._conversation.reply(reply))
        self._wait(self._limits.idle_s)
        if self._conversation.is_over:
            self._leave()
        elif self._conversation.has_begun:
            self._wait(self._limits.request_s)

    def _send_late(self, reply: Reply, how: Delivery) -> None:
        self._transport.pause_reading()
        self._wait(math.inf)
        self._late = self._loop.call_later(how.delay_s, self._deliver, reply, how)

    def _deliver(self, reply: Reply, how: Delivery) -> None:
        self._late = None
        if how.drops:
            self._transport.abort()
        elif how.cut_at is not None:
            self._transport.write(self._conversation.cut(reply, how.cut_at))
            self._transport.close()
        else:
            self._transport.resume_reading()
            self._send(reply)
            self._go_on()

    def _refuse(self, error: Unreadable) -> None:
        self._transport.write(self._conversation.refuse(error))
        self._leave()

    def _leave(self) -> None:
        """Close our end only: to close both while data arrives would take the reply back."""
        self._is_leaving = True
        self._wait(self._limits.leave_s)
        if self._is_full:
            self._transport.resume_reading()
        if not self._transport.is_closing():
            self._transport.write_eof()

    def _wait(self, seconds: float) -> None:
        self._deadline = self._loop.time() + seconds
