"""`python -m bench.loaded PEER FILE`: a server of somebody else's, which sends the bytes in a file.

It prints its port once it listens.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Awaitable, Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


def http_server(canned: bytes) -> None:
    """Serve with Python's own, a thread for each client, as quick as it can be made."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Written in one piece: else it waits 40 ms for each confirmation.
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(canned)))
            self.end_headers()
            self.wfile.write(canned)

        def do_POST(self) -> None:
            self.do_PUT()

        def do_GET(self) -> None:
            self.do_PUT()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


def uvicorn(canned: bytes) -> None:
    """Serve with what the real server runs on."""
    import uvicorn  # noqa: PLC0415 - where it is asked for
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.responses import Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    async def answer(request: Any) -> Any:
        await request.body()
        return Response(canned, media_type="application/json")

    endpoint: Callable[[Any], Awaitable[Any]] = answer
    app = Starlette(routes=[Route("/{path:path}", endpoint, methods=["GET", "POST", "PUT"])])
    listening = socket.create_server(("127.0.0.1", 0))
    # asyncio does this only for sockets that it makes itself; clients inherit it.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(listening.getsockname()[1], flush=True)
    config = uvicorn.Config(app, log_level="critical", access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    {"http.server": http_server, "uvicorn": uvicorn}[sys.argv[1]](Path(sys.argv[2]).read_bytes())
