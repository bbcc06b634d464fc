"""The server with clients that are neither quick nor well-behaved."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from itertools import chain
from urllib.parse import urlsplit

import httpx
import pytest

from pytest_julep_secrets.errors import Violation
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call, Delivery, Reply
from pytest_julep_secrets.reach.connection import Answer, Connection, Limits
from pytest_julep_secrets.reach.server import Server

QUICK = Limits(head=2000, body=2000, request_s=0.06, idle_s=0.06, leave_s=0.06)
REQUEST = b"GET /secrets HTTP/1.1\r\nHost: a\r\n\r\n"
LAST = b"GET /secrets HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


def canned(_: Call) -> Reply:
    return Reply(200, [("content-length", "2")], b"[]")


@contextmanager
def serving(answer: Answer = canned, limits: Limits | None = None) -> Iterator[tuple[str, int]]:
    with Server(answer, limits=limits) as server:
        place = urlsplit(server.url)
        assert place.hostname
        assert place.port
        yield place.hostname, place.port
    assert "julep_server" not in [thread.name for thread in threading.enumerate()]


def connect(place: tuple[str, int]) -> socket.socket:
    client = socket.create_connection(place, timeout=10)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def everything(client: socket.socket) -> bytes:
    """Read until the server closes the connection."""
    received = b""
    while piece := client.recv(65536):
        received += piece
    return received


def talk(place: tuple[str, int], *pieces: bytes) -> bytes:
    with connect(place) as client:
        for piece in pieces:
            client.sendall(piece)
        return everything(client)


def is_served(place: tuple[str, int]) -> bool:
    return talk(place, LAST).endswith(b"\r\n\r\n[]")


def test_a_client_keeps_its_connection() -> None:
    with serving(FakeServer().answer) as place:
        client = HTTPConnection(*place)
        statuses, sockets = [], set()
        for number in range(3):
            body = json.dumps({"name": f"a{number}", "value": "sk-fake-1f9c27d4"})
            client.request("POST", "/secrets", body, {"content-type": "application/json"})
            response = client.getresponse()
            statuses.append(response.status)
            response.read()
            sockets.add(client.sock)
        client.close()

    assert statuses == [201, 201, 201]
    assert len(sockets) == 1


def test_replies_look_as_those_of_the_real_server() -> None:
    with serving(FakeServer().answer) as place:
        head = talk(place, LAST).partition(b"\r\n\r\n")[0].decode().splitlines()

    assert head[0] == "HTTP/1.1 200 OK"
    assert [line.partition(":")[0] for line in head[1:]] == [
        "date",
        "server",
        "content-length",
        "content-type",
        "connection",
    ]
    assert "server: uvicorn" in head


def test_requests_sent_at_once_are_answered_in_turn() -> None:
    def echo(call: Call) -> Reply:
        return Reply(200, [], call.path.encode())

    sent = [f"GET /{number} HTTP/1.1\r\nHost: a\r\n\r\n".encode() for number in range(200)]
    with serving(echo) as place:
        received = talk(place, b"".join(sent) + LAST)

    assert [part.partition(b"\r\n\r\n")[2] for part in received.split(b"HTTP/1.1 200 OK")] == [
        b"",
        *(f"/{number}".encode() for number in range(200)),
        b"/secrets",
    ]


def test_a_client_may_close_its_end_before_it_is_answered() -> None:
    with serving() as place, connect(place) as client:
        client.sendall(REQUEST)
        client.shutdown(socket.SHUT_WR)

        assert everything(client).endswith(b"[]")


def test_replies_are_not_held_back() -> None:
    options: list[int] = []

    class Watched(Connection):
        def data_received(self, data: bytes) -> None:
            sock = self._transport.get_extra_info("socket")
            options.append(sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            super().data_received(data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pytest_julep_secrets.reach.server.Connection", Watched)
        with serving() as place:
            assert is_served(place)

    assert all(options)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x00\xff\r\n\r\n", b"400 Bad Request"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 200_000, b"431 "),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\n\r\n" + b"a" * 3000, b"413 "),
    ],
)
def test_what_is_no_request_is_refused_and_its_connection_closed(
    sent: bytes, status: bytes
) -> None:
    with serving(limits=QUICK) as place:
        assert talk(place, sent).startswith(b"HTTP/1.1 " + status)
        assert is_served(place)


def test_half_a_request_is_told_that_it_took_too_long_while_others_are_served() -> None:
    with serving(limits=QUICK) as place, connect(place) as slow:
        slow.sendall(REQUEST[:20])

        assert is_served(place)
        assert everything(slow).startswith(b"HTTP/1.1 408 Request Timeout\r\n")


def test_a_connection_that_asks_nothing_is_closed_at_some_time() -> None:
    with serving(limits=QUICK) as place, connect(place) as silent, connect(place) as done:
        done.sendall(REQUEST)

        assert everything(silent) == b""
        assert everything(done).endswith(b"[]")


def test_a_client_that_does_not_read_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    given_up = threading.Event()
    lose = Connection.connection_lost

    def connection_lost(self: Connection, error: Exception | None) -> None:
        lose(self, error)
        given_up.set()

    monkeypatch.setattr(Connection, "connection_lost", connection_lost)

    def large(_: Call) -> Reply:
        return Reply(200, [], b"a" * 8_000_000)

    with serving(large, limits=QUICK) as place, connect(place) as client:
        client.sendall(REQUEST * 3)
        given_up.wait(10)
        received = bytearray()
        with suppress(ConnectionResetError):
            received += everything(client)

    assert len(received) < 24_000_000


def test_a_slow_reader_gets_every_reply() -> None:
    def large(_: Call) -> Reply:
        return Reply(200, [], b"a" * 1_000_000)

    with serving(large) as place:
        received = talk(place, REQUEST * 2 + LAST)

    assert received.count(b"a" * 1_000_000) == 3


def test_a_hundred_connections_that_do_nothing_are_no_matter() -> None:
    with serving() as place:
        idle = [connect(place) for _ in range(100)]

        assert is_served(place)
        for client in idle:
            client.sendall(LAST)
        assert {everything(client)[-2:] for client in idle} == {b"[]"}
        for client in idle:
            client.close()


def test_no_update_is_lost_among_threads() -> None:
    fake = FakeServer()

    def create_some(start: int) -> list[int]:
        with httpx.Client(base_url=url, trust_env=False) as client:
            return [
                client.post("/secrets", json={"name": f"a{place}", "value": "sk-fake"}).status_code
                for place in range(start, start + 10)
            ]

    with Server(fake.answer) as server, ThreadPoolExecutor(4) as pool:
        url = server.url
        found = list(pool.map(create_some, [0, 5, 10, 15]))

    assert sorted(chain(*found)) == [201] * 25 + [409] * 15


def test_a_violation_is_told_and_not_sent_again() -> None:
    def refuse(_: Call) -> Reply:
        raise Violation("names", "It looks like \ud800 production.")

    with Server(refuse) as server, httpx.Client(trust_env=False) as client:
        replies = [client.get(server.url) for _ in range(2)]

    assert [reply.status_code for reply in replies] == [403, 403]
    assert replies[0].headers["x-should-retry"] == "false"
    assert replies[0].json()["error"] == {
        "message": "It looks like ? production.",
        "code": "violation_of_names",
        "type": "violation",
    }


def test_an_answer_that_breaks_is_a_500() -> None:
    def broken(_: Call) -> Reply:
        raise KeyError

    with serving(broken) as place:
        assert talk(place, LAST).startswith(b"HTTP/1.1 500 Internal Server Error\r\n")


def delivered(**how: object) -> Answer:
    """Answer the first request that way, and those after it as always."""
    ways = iter([Delivery(**how)])  # type: ignore[arg-type]
    return lambda _: Reply(200, [("content-length", "2")], b"[]", next(ways, None))


def test_a_late_reply_delays_nobody_else() -> None:
    with serving(delivered(delay_s=0.1)) as place, connect(place) as late:
        late.sendall(REQUEST + LAST)
        late.settimeout(0.03)
        with pytest.raises(TimeoutError):
            late.recv(1)

        assert is_served(place)

        late.settimeout(10)
        assert everything(late).count(b"[]") == 2


def test_a_reply_can_be_cut() -> None:
    with serving(delivered(cut_at=1)) as place:
        assert talk(place, REQUEST).endswith(b"content-length: 2\r\n\r\n[")


def test_a_reply_can_be_lost() -> None:
    with serving(delivered(drops=True)) as place:
        assert talk(place, REQUEST) == b""


def test_it_stops_with_a_reply_on_its_way() -> None:
    with serving(delivered(delay_s=60)) as place:
        client = connect(place)
        client.sendall(REQUEST)
        assert is_served(place)

    assert everything(client) == b""
    client.close()


def test_nothing_listens_once_it_has_stopped() -> None:
    with serving() as place:
        kept = connect(place)

    with pytest.raises(ConnectionRefusedError):
        connect(place)
    kept.close()


def test_a_port_in_use_is_told_where_it_is_started() -> None:
    with serving() as (host, port), pytest.raises(OSError, match="in use"):
        Server(canned, host=host, port=port).start()


def test_it_listens_on_ipv6_too() -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    with Server(canned, host="::1") as server, httpx.Client(trust_env=False) as client:
        assert server.url.startswith("http://[::1]:")
        assert client.get(server.url).json() == []


def test_clients_that_come_as_it_stops_are_closed_too() -> None:
    for _ in range(50):
        with serving() as place:
            clients = [connect(place) for _ in range(3)]
        for client in clients:
            # Whether it was let in or not, it is not left waiting.
            with suppress(ConnectionResetError):
                assert everything(client) == b""
            client.close()


def test_who_sends_many_requests_at_once_does_not_keep_others_waiting() -> None:
    asked: list[str] = []
    both_have_sent = threading.Event()

    def answer(call: Call) -> Reply:
        both_have_sent.wait(10)
        asked.append(call.path)
        return canned(call)

    with serving(answer) as place, connect(place) as many, connect(place) as one:
        many.sendall(REQUEST * 1000 + LAST)
        one.sendall(LAST.replace(b"/secrets", b"/one"))
        both_have_sent.set()
        assert everything(one).endswith(b"[]")
        assert everything(many).count(b"200 OK") == 1001

    assert len(asked) == 1002
    assert asked.index("/one") < 1000


def test_who_has_gone_is_not_answered(caplog: pytest.LogCaptureFixture) -> None:
    asked: list[str] = []
    has_gone = threading.Event()

    def answer(call: Call) -> Reply:
        has_gone.wait(10)
        asked.append(call.path)
        return canned(call)

    with serving(answer) as place:
        with connect(place) as client:
            # To reset the connection, and not to end it.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.sendall(REQUEST * 200)
        has_gone.set()
        assert is_served(place)

    # Of which the first tells that it has.
    assert len(asked) <= 2 + 1
    assert [record for record in caplog.records if record.name == "asyncio"] == []
