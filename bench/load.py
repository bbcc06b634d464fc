"""`julep-secrets serve` under load: clients that keep their connections, and check every reply."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final

from bench.calls import create, page, reset, update
from bench.result import Goal, Line
from bench.timing import Effort, Measure, compare
from pytest_julep_secrets.fake.call import Call

_CLIENTS: Final = 8
_SERVE: Final = (
    "from pytest_julep_secrets.cli import main; "
    "main(['serve', '--port', '0', '--reset-path', '/reset'])"
)
_PEERS: Final = {
    "http.server": "http.server, canned bytes",
    "uvicorn": "uvicorn + starlette, canned bytes",
}


class Client:
    """One connection, and as little around it as can be: what is measured is the server."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""

    def send(self, call: Call) -> tuple[int, bytes]:
        """Return the status and the body of the reply."""
        path = f"{call.path}?{call.query}" if call.query else call.path
        lines = [f"{call.method} {path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in call.headers.items()]
        lines += [f"content-length: {len(call.body)}", "", ""]
        self._socket.sendall("\r\n".join(lines).encode() + call.body)
        head = self._until(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        return int(head[9:12]), self._take(int(length))

    def close(self) -> None:
        """End the connection."""
        self._socket.close()

    def _until(self, end: bytes) -> bytes:
        while end not in self._buffer:
            self._fill()
        return self._take(self._buffer.index(end) + len(end))

    def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._fill()
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        return taken

    def _fill(self) -> None:
        received = self._socket.recv(65536)
        if not received:
            raise ConnectionError("The server has closed the connection.")
        self._buffer += received


def run(effort: Effort) -> Iterator[Line]:
    """Change a secret and list all of them, in turn, by eight clients with a secret each."""
    number = effort.number(20_000) // _CLIENTS
    with TemporaryDirectory() as folder, _process("-c", _SERVE) as url:
        port = int(url.rpartition(":")[2])
        canned = Path(folder, "canned.json")
        canned.write_bytes(_one_reply(port))
        for peer, shown in _PEERS.items():
            if find_spec(peer) is None:
                continue
            with _process("-m", "bench.loaded", peer, str(canned)) as theirs:
                pairs = compare(
                    _checked(port, number), _loaded(int(theirs), number), effort.rounds(5)
                )
            goal = Goal("ratio", 1.0) if peer == "http.server" else None
            what = f"{_CLIENTS} clients, {number * _CLIENTS:,} updates and lists: one"
            yield Line("load", what, shown, pairs, goal)


@contextmanager
def _process(*arguments: str) -> Iterator[str]:
    """Start a server; gives the line that it prints once it listens."""
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def _one_reply(port: int) -> bytes:
    client = Client(port)
    _, body = client.send(create("secret_0"))
    client.send(reset())
    client.close()
    return body


def _checked(port: int, number: int) -> Measure:
    """Load our server, and see that nothing was lost."""

    def measure() -> float:
        client = Client(port)
        client.send(reset())
        seconds = _loaded(port, number, _check)()
        everything = client.send(page(100, 0))
        for place in range(_CLIENTS):
            _check(everything, f"secret_{place}", number // 2 - 1)
        client.close()
        return seconds

    return measure


def _check(reply: tuple[int, bytes], name: str, turn: int) -> None:
    """See that a reply shows what the client has stored last."""
    status, body = reply
    assert status == 200, body
    # Not parsed, which would take longer than the reply.
    assert f'"rotated":{turn}}},"name":"{name}"'.encode() in body, body


def _loaded(
    port: int, number: int, check: Callable[[tuple[int, bytes], str, int], None] | None = None
) -> Measure:
    def work(place: int) -> None:
        client = Client(port)
        name = f"secret_{place}"
        secret: dict[str, Any] = json.loads(client.send(create(name))[1])
        for turn in range(number // 2):
            assert client.send(update(secret["id"], name, turn))[0] == 200
            reply = client.send(page(_CLIENTS, 0))
            if check is not None:
                check(reply, name, turn)
        client.close()

    def measure() -> float:
        start = perf_counter()
        with ThreadPoolExecutor(_CLIENTS) as pool:
            list(pool.map(work, range(_CLIENTS)))
        return (perf_counter() - start) / (number * _CLIENTS)

    return measure
