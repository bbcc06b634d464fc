"""Shared by the tests of the ways in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import resolver

from pytest_julep_secrets import MockSecrets


@pytest.fixture(autouse=True)
def no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a developer has in the environment decides nothing here."""
    for name in ("JULEP_API_KEY", "JULEP_BASE_URL", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Otherwise each part of an answer waits for the other side's delayed acknowledgement.
    wbufsize = -1

    def do_GET(self) -> None:
        """Redirect to what stands behind `/to/`, else stream three lines."""
        if self.path.startswith("/to/"):
            self._start(307, ("location", self.path.removeprefix("/to/")), ("content-length", "0"))
            return
        self._start(200, ("transfer-encoding", "chunked"))
        for line in (b"6\r\nfirst\n\r\n", b"7\r\nsecond\n\r\n", b"6\r\nthird\n\r\n", b"0\r\n\r\n"):
            self.wfile.write(line)
            self.wfile.flush()

    def do_POST(self) -> None:
        """Send the body back."""
        body = self.rfile.read(int(self.headers["content-length"]))
        self._start(200, ("content-length", str(len(body))))
        self.wfile.write(body)

    def do_CONNECT(self) -> None:
        """Stand for a proxy that leads nowhere."""
        self._start(502, ("content-length", "0"))

    def _start(self, status: int, *headers: tuple[str, str]) -> None:
        assert isinstance(self.server, LocalServer)
        self.server.requests.append(f"{self.command} {self.path}")
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Print nothing."""


class LocalServer(ThreadingHTTPServer):
    """A real server on loopback.

    Attributes:
        requests: The request lines seen, such as "GET /lines".
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[str] = []

    def handle_error(self, *_: object) -> None:
        """Print nothing of a client that has gone away.

        Tracebacks parse source, and on 3.11 two threads that do so at once can break pytest.
        """

    @property
    def url(self) -> str:
        """Where it is, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def serving() -> Iterator[LocalServer]:
    """Serve: GET streams three lines or redirects, POST echoes, CONNECT leads nowhere."""
    with LocalServer() as server:
        # The default, half a second, is what the end of a test would wait.
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def local_server() -> Iterator[LocalServer]:
    """A real server on loopback."""
    with serving() as server:
        yield server


@pytest.fixture
def looked_up() -> Iterator[list[str]]:
    """The hosts that were really looked up: below our guard, nothing is found."""
    with resolver.counted() as hosts:
        yield hosts


@pytest.fixture
def secrets(looked_up: list[str]) -> Iterator[MockSecrets]:
    """An active fake above `looked_up`."""
    del looked_up
    with MockSecrets() as fake:
        yield fake
