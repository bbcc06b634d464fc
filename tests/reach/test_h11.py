"""Requests and replies as bytes, without a socket."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.reach.h11 import Conversation, Unreadable

ANSWER = Reply(200, [("content-length", "2"), ("content-type", "application/json")], b"[]")
SENT = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/json\r\n\r\n[]"


def request(line: str = "GET /secrets", *headers: str, body: bytes = b"") -> bytes:
    lines = [f"{line} HTTP/1.1", "Host: julep.test", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def conversation(head: int = 1000, body: int = 1000) -> Conversation:
    return Conversation(head, body)


def calls(talk: Conversation, *pieces: bytes) -> list[Call]:
    """Answer everything; returns what was asked."""
    found = []
    for piece in pieces:
        talk.receive(piece)
        while call := talk.next_call():
            found.append(call)
            talk.reply(ANSWER)
    return found


def test_a_request_becomes_a_call() -> None:
    (call,) = calls(
        conversation(), request("POST /secrets/a%20b?limit=1&a=%20", "X-Thing:  one ", body=b"{}")
    )

    assert (call.method, call.path, call.query) == ("POST", "/secrets/a b", "limit=1&a=%20")
    assert (call.body, call.origin) == (b"{}", "http://julep.test")
    assert call.headers == {"host": "julep.test", "x-thing": "one", "content-length": "2"}


def test_of_a_repeated_header_the_first_counts() -> None:
    (call,) = calls(conversation(), request("GET /", "X-Thing: one", "x-thing: two"))

    assert call.headers["x-thing"] == "one"


def test_a_reply_is_written_as_it_is() -> None:
    talk = conversation()
    talk.receive(request())
    talk.next_call()

    assert talk.reply(ANSWER) == SENT
    assert not talk.is_over


def test_the_reply_to_a_head_has_no_body() -> None:
    talk = conversation()
    talk.receive(request("HEAD /healthz"))
    talk.next_call()

    assert talk.reply(ANSWER) == SENT.removesuffix(b"[]")


def test_a_reply_without_a_length_gets_one() -> None:
    talk = conversation()
    talk.receive(request())
    talk.next_call()

    assert talk.reply(Reply(599, [], b"no")) == b"HTTP/1.1 599 \r\ncontent-length: 2\r\n\r\nno"


@pytest.mark.parametrize("last", [request("GET /", "Connection: close"), b"GET / HTTP/1.0\r\n\r\n"])
def test_a_client_that_sends_no_other_request_is_told_so(last: bytes) -> None:
    talk = conversation()
    talk.receive(last)
    talk.next_call()

    assert b"\r\nconnection: close\r\n" in talk.reply(ANSWER)
    assert talk.is_over


BODIES = st.binary(max_size=12)
REQUESTS = st.builds(
    lambda line, body, header: (line, body, request(line, *header, body=body)),
    st.sampled_from(["GET /secrets", "POST /secrets", "PUT /secrets/a", "DELETE /secrets/a"]),
    BODIES,
    st.sampled_from([(), ("A: b",), ("Accept: */*", "A: c")]),
)


@given(st.data(), st.lists(REQUESTS, max_size=6))
def test_requests_are_the_same_however_they_are_cut(
    data: st.DataObject, wanted: list[tuple[str, bytes, bytes]]
) -> None:
    sent = b"".join(raw for _, _, raw in wanted)
    ends = {0, len(sent)}
    # Often at the ends of requests, where a client cuts that waits for each reply.
    for number in range(len(wanted)):
        if data.draw(st.booleans()):
            ends.add(sum(len(raw) for *_, raw in wanted[: number + 1]))
    ends |= data.draw(st.sets(st.integers(0, len(sent)), max_size=4))
    places = sorted(ends)

    found = calls(conversation(), *(sent[a:b] for a, b in pairwise(places)))

    assert [(f"{call.method} {call.path}", call.body) for call in found] == [
        (line, body) for line, body, _ in wanted
    ]


def test_a_body_in_chunks_is_put_together() -> None:
    head = request("POST /secrets", "Transfer-Encoding: chunked")

    found = calls(conversation(), head, b"3\r\n{  \r\n", b"1\r\n}\r\n0\r\n\r\n", head, b"0\r\n\r\n")

    assert [call.body for call in found] == [b"{  }", b""]


def test_a_client_that_waits_to_send_its_body_is_told_to_once() -> None:
    talk = conversation()
    talk.receive(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")

    assert talk.next_call() is None
    assert talk.invitation() == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert talk.invitation() == b""

    (call,) = calls(talk, b"{}")

    assert call.body == b"{}"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET /secrets\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (request("GET /", "Content-Length: many"), 400),
        (request("GET /", "Content-Length: 1", "Content-Length: 2"), 400),
        (request("GET /", "Transfer-Encoding: gzip"), 501),
        (request("GET /", "Transfer-Encoding: chunked") + b"many\r\n", 400),
        (request("GET /", "No colon"), 400),
        (request("GET /", f"X: {'a' * 1000}"), 431),
        (b"GET /" + b"a" * 2000, 431),
        (request("POST /", body=b"a" * 1001), 413),
        (request("POST /", "Transfer-Encoding: chunked") + b"3e9\r\n" + b"a" * 1001, 413),
    ],
)
def test_what_is_no_request_is_refused(sent: bytes, status: int) -> None:
    talk = conversation()
    talk.receive(sent)

    with pytest.raises(Unreadable) as caught:
        talk.next_call()

    reply = talk.refuse(caught.value)
    assert reply.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"\r\nconnection: close\r\n" in reply
    assert talk.is_over


@given(st.binary(max_size=60), st.lists(st.integers(0, 60), max_size=2))
def test_nothing_else_comes_out_of_any_bytes(sent: bytes, places: list[int]) -> None:
    pieces = [sent[a:b] for a, b in pairwise(sorted([0, *places, 60]))]

    with suppress(Unreadable):
        calls(conversation(), *filter(None, pieces), b"")
