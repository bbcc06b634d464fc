"""Servers that cannot be held to the contract, each wrong in its own way."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.reach.server import Server

KEY = "contract-key-9d3f7b"
Answer = Callable[[str], tuple[int, dict[str, str], str]]


def always(status: int, body: str, **headers: str) -> Answer:
    """Answer each request the same."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: (status, given, body)


def refusing(status: int, code: str) -> Answer:
    """Answer as the application does when it refuses."""
    return always(status, json.dumps({"error": {"message": "no", "code": code}}))


def reading_only(status: int) -> Answer:
    """List secrets, and refuse the rest."""
    return lambda method: (200, {}, "[]") if method == "GET" else (status, {}, "{}")


def keeping(method: str) -> tuple[int, dict[str, str], str]:
    """Make secrets, and delete none."""
    answers = {"GET": (200, "[]"), "POST": (201, '{"id":"x"}')}
    status, body = answers.get(method, (500, ""))
    return status, {}, body


def slow(seconds: float) -> Answer:
    """Answer a list late."""

    def answer(_: str) -> tuple[int, dict[str, str], str]:
        time.sleep(seconds)
        return 200, {}, "[]"

    return answer


@contextmanager
def dripping(pause: float) -> Iterator[str]:
    """Answer a byte at a time, each of them in time."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            connection, _ = listener.accept()
            with connection, suppress(OSError):
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
                for _ in range(1000):
                    connection.sendall(b" ")
                    time.sleep(pause)

        thread = threading.Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


@contextmanager
def serving(answer: Answer, certificate: tuple[Path, Path] | None = None) -> Iterator[str]:
    """Serve, and give the URL."""

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            length = int(self.headers.get("content-length", 0))
            self.rfile.read(length)
            status, headers, body = answer(self.command)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body.encode())), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST = do_DELETE = handle_any  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # Clients that have gone are no news.
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    with _running(server):
        yield f"{scheme}://127.0.0.1:{server.server_port}"


@contextmanager
def _running(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def talking(text: bytes) -> Iterator[str]:
    """Say something that is no HTTP, as a mail server does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def talk() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(text)

        thread = threading.Thread(target=talk)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


@contextmanager
def absent() -> Iterator[str]:
    """Give the URL of a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    yield f"http://127.0.0.1:{port}"


@contextmanager
def julep(
    fake: FakeServer | None = None, answer: Callable[[Call], Reply] | None = None
) -> Iterator[str]:
    """Serve a fake, or what stands before it."""
    fake = fake or FakeServer(api_key=KEY)
    with Server(answer or fake.answer) as server:
        yield server.url


@contextmanager
def forgetful() -> Iterator[str]:
    """Say that a secret was deleted, and keep it."""
    fake = FakeServer(api_key=KEY)

    def answer(call: Call) -> Reply:
        before = fake.store.snapshot()
        reply = fake.answer(call)
        if call.method == "DELETE":
            fake.store.restore(before)
        return reply

    with julep(answer=answer) as url:
        yield url


@cache
def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate that nobody trusts, and its key."""
    from datetime import UTC, datetime, timedelta
    from ipaddress import ip_address

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "nobody")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files
