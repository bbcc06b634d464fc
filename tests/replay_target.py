"""Fresh fakes for replaying recorded exchanges: `factory(server_name)`."""

from __future__ import annotations

from uuid import UUID

from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.rules.access import Account
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
