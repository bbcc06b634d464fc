"""HTTP/1.1 without sockets: bytes in, calls out; replies in, bytes out.

h11 reads, as anything may arrive; but for what begins with bytes that it has read before. What is
sent is well-formed from the start: h11 would check it again, for as long as reading takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

import h11

from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.reach.wire import read_call, read_headers

# As uvicorn answers what is no HTTP.
_INVALID: Final = "Invalid HTTP request received."
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
_END_OF_HEAD: Final = b"\r\n\r\n"
# How many requests of a client to remember.
_MOST_KNOWN: Final = 16
_PHRASES: Final = {int(status): status.phrase for status in HTTPStatus}


class Unreadable(Exception):
    """A request that cannot be read to its end.

    Args:
        status: What to answer.
        text: Why; nothing of the request.
    """

    def __init__(self, status: int, text: str = _INVALID) -> None:
        super().__init__(text)
        self.status = status


class Conversation:
    """The server's side of one connection: requests and replies in turn.

    Args:
        largest_head: Most bytes of a request line with its headers.
        largest_body: Most bytes of a body.

    Attributes:
        is_over: Whether no other request may follow.
    """

    def __init__(self, largest_head: int, largest_body: int) -> None:
        self.is_over: bool = False
        self._largest_head = largest_head
        self._largest_body = largest_body
        # Requests that came in one piece, by what they were before the body, and its length.
        self._known: dict[bytes, tuple[Call, int]] = {}
        self._begin()

    def _begin(self) -> None:
        """Be ready for the next request: each has a reader of its own."""
        self._reader = h11.Connection(h11.SERVER, max_incomplete_event_size=self._largest_head)
        self._received = 0
        # All that was received, if it came in one piece.
        self._piece = b""
        self._head: h11.Request | None = None
        self._body = bytearray()
        self._call: Call | None = None
        self._is_invited = False

    @property
    def has_begun(self) -> bool:
        """Tell whether a part of a request is there."""
        return self._received > 0

    def receive(self, data: bytes) -> None:
        """Take what the client has sent; no bytes are its end."""
        is_first = not self._received
        self._received += len(data)
        self._piece = data if is_first else b""
        if not (is_first and self._recognizes(data)):
            self._reader.receive_data(data)

    def next_call(self) -> Call | None:
        """Return the next request if it is there as a whole; the one before has its reply.

        Raises:
            Unreadable: If it will never be; `refuse` then ends the conversation.
        """
        try:
            while self._call is None and self.has_begun:
                event = self._reader.next_event()
                if isinstance(event, h11.Request):
                    self._read_head(event)
                elif isinstance(event, h11.Data):
                    self._read_body(event.data)
                elif isinstance(event, h11.EndOfMessage) and self._head is not None:
                    self._call = self._whole(self._head)
                else:
                    return None
        except h11.RemoteProtocolError as error:
            # Not the error's own text, which may quote what was sent.
            raise Unreadable(error.error_status_hint) from None
        return self._call

    def invitation(self) -> bytes:
        """Return what a client is waiting for that sends a body only when told to, or nothing."""
        if self._is_invited or not self._reader.they_are_waiting_for_100_continue:
            return b""
        self._is_invited = True
        return _CONTINUE

    def reply(self, reply: Reply) -> bytes:
        """Return a reply as it is sent; another request may follow then, unless it is over."""
        self.is_over = self._reader.their_state in {h11.MUST_CLOSE, h11.CLOSED}
        is_for_head = self._call is not None and self._call.method == "HEAD"
        sent = _head(reply, self.is_over) + (b"" if is_for_head else reply.body)
        rest, _ = self._reader.trailing_data
        self._begin()
        if rest:
            self.receive(rest)
        return sent

    def cut(self, reply: Reply, at: int) -> bytes:
        """Return a reply without its end; the conversation is over.

        Args:
            reply: The whole one; its headers say how long the body was to be.
            at: How many bytes of the body to send.
        """
        self.is_over = True
        return _head(reply, is_last=False) + reply.body[:at]

    def refuse(self, why: Unreadable) -> bytes:
        """Return a reply to what cannot be read; the conversation is over."""
        self.is_over = True
        headers = [("content-type", "text/plain; charset=utf-8")]
        reply = Reply(why.status, headers, str(why).encode())
        return _head(reply, is_last=True) + reply.body

    # --- inside

    def _read_head(self, head: h11.Request) -> None:
        self._head = head
        fields = head.headers.raw_items()
        # h11 itself looks only at what is incomplete.
        if self._received > self._largest_head and _size(head.target, fields) > self._largest_head:
            raise Unreadable(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        self._headers = read_headers(fields)
        if int(self._headers.get("content-length", 0)) > self._largest_body:
            raise self._too_large()

    def _read_body(self, data: bytes) -> None:
        self._body += data
        if len(self._body) > self._largest_body:
            raise self._too_large()

    def _too_large(self) -> Unreadable:
        text = f"The body is larger than {self._largest_body} bytes."
        return Unreadable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, text)

    def _whole(self, head: h11.Request) -> Call:
        method, target = head.method.decode("ascii"), head.target.decode("ascii")
        body = bytes(self._body)
        call = read_call(method, target, self._headers, body, scheme="http")
        rest, _ = self._reader.trailing_data
        is_plain = self._piece and not rest and "transfer-encoding" not in self._headers
        if is_plain and self._piece.endswith(body):
            self._remember(self._piece[: len(self._piece) - len(body)], call)
        return call

    def _remember(self, head: bytes, call: Call) -> None:
        if len(self._known) == _MOST_KNOWN:
            self._known.clear()
        self._known[head] = call, len(call.body)

    def _recognizes(self, data: bytes) -> bool:
        """Take what differs from an earlier request by its body only; clients repeat themselves."""
        head = data[: data.find(_END_OF_HEAD) + len(_END_OF_HEAD)]
        known, length = self._known.get(head, (None, 0))
        if known is None or len(data) != len(head) + length:
            return False
        self._call = Call(
            known.method,
            known.path,
            known.query,
            known.headers,
            data[len(head) :],
            known.origin,
        )
        return True


def _size(target: bytes, fields: Iterable[tuple[bytes, bytes]]) -> int:
    return len(target) + sum(len(name) + len(value) + 4 for name, value in fields)


def _head(reply: Reply, is_last: bool) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} {_PHRASES.get(reply.status, '')}"]
    lines += [f"{name}: {value}" for name, value in reply.headers]
    if not any(name == "content-length" for name, _ in reply.headers):
        lines.append(f"content-length: {len(reply.body)}")
    if is_last:
        lines.append("connection: close")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")
