"""The values at the edge of the fake: a request as a server sees it, and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Call:
    """An HTTP request.

    Attributes:
        method: Upper-case, such as "GET".
        path: Percent-decoded, below the gateway's prefix: "/secrets".
        query: Raw, without the question mark.
        headers: Lower-case names; of a repeated header the first.
        body: The raw body, empty for none.
        origin: Scheme, host and port as the client wrote them, for absolute locations.
    """

    method: str
    path: str
    # Query, headers and body may hold a key or a value: never in a repr.
    query: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    origin: str = "http://localhost:8080"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a reply travels that does not get to the client whole and at once.

    Attributes:
        delay_s: Seconds before the first byte of it, or before the connection is closed instead.
        drops: Whether the connection is closed without a byte of it.
        cut_at: After so many bytes of the body, fewer than `content-length` says, the connection
            is closed; None sends all of it.
        retries_wait: Whether the SDK, which waits before it sends a request again that got no
            reply, is left to do so.
    """

    delay_s: float = 0.0
    drops: bool = False
    cut_at: int | None = None
    retries_wait: bool = False


@dataclass(slots=True)
class Reply:
    """An HTTP response.

    Attributes:
        status: The status code.
        headers: Names and values in the order they are sent.
        body: The raw body.
        delivery: How it travels; None, as nearly always, is whole and at once.
    """

    status: int
    headers: list[tuple[str, str]]
    # A 422 echoes its input, as the real server does.
    body: bytes = field(default=b"", repr=False)
    delivery: Delivery | None = None
