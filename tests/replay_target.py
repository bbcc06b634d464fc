"""Fresh fakes for replaying recorded exchanges: `factory(server_name)`, `over_http(...)`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import UUID

import httpx

from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.rules.access import Account
from pytest_julep_secrets.reach.server import Server
from pytest_julep_secrets.reach.transport import FakeTransport

API_KEY = "replay-key"

# The developers in the database of the recorded servers.
ACCOUNTS = {
    UUID("00000000-0000-0000-0000-000000000000"): Account(paid=True),
    UUID("0195a000-0000-7000-8000-00000000000a"): Account(),
    UUID("0195a000-0000-7000-8000-00000000000b"): Account(),
    UUID("0195a000-0000-7000-8000-00000000000c"): Account(cost=5.0),
    UUID("0195a000-0000-7000-8000-00000000000d"): Account(cost=5.0, paid=True),
    UUID("0195a000-0000-7000-8000-00000000000e"): Account(active=False),
    UUID("0195a000-0000-7000-8000-00000000000f"): Account(active=False, has_usage=False),
}


def server(name: str) -> FakeServer:
    """Return a new fake set up like the recorded server: `single`, `multi` or `xauth`."""
    return FakeServer(
        api_key=API_KEY,
        key_header="X-Auth-Key" if name == "xauth" else "Authorization",
        multi_tenant=name == "multi",
        accounts=ACCOUNTS,
        exact_headers=True,
    )


def factory(name: str) -> FakeTransport:
    """Return the transport of a new fake."""
    return FakeTransport(server(name).answer)


class Redirected(httpx.HTTPTransport):
    """Connects to a server, whatever host a request is for; the request is left as it is."""

    def __init__(self, url: str) -> None:
        # A case may send its requests all at once.
        super().__init__(verify=False, limits=httpx.Limits(max_connections=None))
        self._place = urlsplit(url)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass on a request; its `Host` was set when it was made."""
        request.url = request.url.copy_with(host=self._place.hostname, port=self._place.port)
        response = super().handle_request(request)
        # Read, so that it is the same to a sync and an async client.
        content = response.read()
        response.close()
        return httpx.Response(response.status_code, headers=response.headers, content=content)


@contextmanager
def over_http(name: str) -> Iterator[Redirected]:
    """Give a transport to a new fake that is served on this machine."""
    with Server(server(name).answer) as served, Redirected(served.url) as transport:
        yield transport
