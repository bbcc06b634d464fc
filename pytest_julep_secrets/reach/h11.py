"""HTTP/1.1, read and written by h11: bytes in, calls out; replies in, bytes out. No sockets."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

import h11

from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.reach.wire import read_call

# As uvicorn answers what is no HTTP.
_INVALID: Final = "Invalid HTTP request received."


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
    """

    def __init__(self, largest_head: int, largest_body: int) -> None:
        self._h11 = h11.Connection(h11.SERVER, max_incomplete_event_size=largest_head)
        self._largest_head = largest_head
        self._largest_body = largest_body
        self._head: h11.Request | None = None
        self._body = bytearray()

    @property
    def has_begun(self) -> bool:
        """Tell whether a part of a request is there, and the rest is not."""
        return self._head is not None or bool(self._h11.trailing_data[0])

    @property
    def is_over(self) -> bool:
        """Tell whether no other request may follow."""
        return self._h11.our_state in {h11.MUST_CLOSE, h11.CLOSED, h11.ERROR}

    def receive(self, data: bytes) -> None:
        """Take what the client has sent; no bytes are its end."""
        self._h11.receive_data(data)

    def next_call(self) -> Call | None:
        """Return the next request that is there as a whole.

        The one before has to be replied to.

        Raises:
            Unreadable: If it will never be; `refuse` then ends the conversation.
        """
        try:
            while True:
                event = self._h11.next_event()
                if isinstance(event, h11.Request):
                    self._begin(event)
                elif isinstance(event, h11.Data):
                    self._add(event.data)
                elif isinstance(event, h11.EndOfMessage) and self._head is not None:
                    return self._whole(self._head)
                else:
                    return None
        except h11.RemoteProtocolError as error:
            # Not the error's own text, which may quote what was sent.
            raise Unreadable(error.error_status_hint) from None

    def invitation(self) -> bytes:
        """Return what a client is waiting for that sends a body only when told to, or nothing."""
        if not self._h11.they_are_waiting_for_100_continue:
            return b""
        return self._send(h11.InformationalResponse(status_code=100, headers=[], reason="Continue"))

    def reply(self, reply: Reply) -> bytes:
        """Return a reply as it is sent; another request may follow then, unless it is over."""
        sent = self._begin_reply(reply)
        if reply.body:
            sent += self._send(h11.Data(data=reply.body))
        sent += self._send(h11.EndOfMessage())
        if self._h11.our_state is h11.DONE and self._h11.their_state is h11.DONE:
            self._h11.start_next_cycle()
        return sent

    def cut(self, reply: Reply, at: int) -> bytes:
        """Return a reply without its end, after which nothing can be sent any more.

        Args:
            reply: The whole one; its headers say how long the body was to be.
            at: How many bytes of the body to send.
        """
        return self._begin_reply(reply) + self._send(h11.Data(data=reply.body[:at]))

    def refuse(self, why: Unreadable) -> bytes:
        """Return the last reply of a conversation."""
        body = str(why).encode()
        headers = [
            ("content-type", "text/plain; charset=utf-8"),
            ("content-length", str(len(body))),
            ("connection", "close"),
        ]
        return self.reply(Reply(why.status, headers, body))

    def _begin_reply(self, reply: Reply) -> bytes:
        headers = [(name.encode(), value.encode("latin-1")) for name, value in reply.headers]
        reason = _reason(reply.status)
        return self._send(h11.Response(status_code=reply.status, headers=headers, reason=reason))

    def _begin(self, head: h11.Request) -> None:
        self._head = head
        size = len(head.target) + sum(len(name) + len(value) + 4 for name, value in head.headers)
        if size > self._largest_head:
            raise Unreadable(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        for name, value in head.headers:
            if name == b"content-length" and int(value) > self._largest_body:
                raise self._too_large()

    def _add(self, data: bytes) -> None:
        self._body += data
        if len(self._body) > self._largest_body:
            raise self._too_large()

    def _too_large(self) -> Unreadable:
        text = f"The body is larger than {self._largest_body} bytes."
        return Unreadable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, text)

    def _whole(self, head: h11.Request) -> Call:
        body = bytes(self._body)
        self._head = None
        self._body.clear()
        method, target = head.method.decode("ascii"), head.target.decode("ascii")
        return read_call(method, target, head.headers, body, scheme="http")

    def _send(self, event: h11.Event) -> bytes:
        # None is for the end of the connection only.
        return self._h11.send(event) or b""


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
