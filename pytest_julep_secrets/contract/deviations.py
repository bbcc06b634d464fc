"""Where the fake is known to answer otherwise than the server, and why."""

from __future__ import annotations

from typing import Final, NamedTuple


class Deviation(NamedTuple):
    """One difference.

    Attributes:
        name: A word or two.
        what: What the fake does, and the server does not, or the other way round.
        why: The reason.
    """

    name: str
    what: str
    why: str


DEVIATIONS: Final = (
    Deviation(
        "retry-after-ms",
        "Replies that the SDK sends again (408, 409, 429, 5xx) carry retry-after-ms: 1.",
        "The SDK would wait for about 20 seconds; exact_headers=True leaves the header out.",
    ),
    Deviation(
        "any key",
        "Any API key is accepted, and none, unless the fake is given one.",
        "Tests need no key; with api_key the server's rules apply.",
    ),
    Deviation(
        "connections after a 500",
        "The server drops the connection after a 500, sometimes before the next answer.",
        "It comes about by chance; faults drop a connection where a test asks for it.",
    ),
    Deviation(
        "secrets of one moment",
        "Secrets created in the same microsecond have no order on the server.",
        "The fake's clock never gives a time twice, so that tests end the same each time.",
    ),
    Deviation(
        "deep bodies",
        "JSON that nests deeper than about 1,480 is refused from another depth on.",
        "The server's depth is that of its interpreter's stack; Python 3.11 gives up at 900.",
    ),
    Deviation(
        "deep metadata",
        "Metadata that nests deeper than 966 is not stored.",
        "Seen on a rebuilt server; on the real one it spoils every list and cannot be undone.",
    ),
    Deviation(
        "echoed characters",
        "Whether a character is escaped in the echo of a 422 depends on the Python version.",
        "The server echoes Python's repr; what a character is changes with Unicode.",
    ),
    Deviation(
        "redirects behind a proxy",
        "The address in a redirect has the scheme that the request came with.",
        "The server believes X-Forwarded-Proto; nothing is in front of the fake.",
    ),
    Deviation(
        "the hosted gateway",
        "What the gateway in front of the hosted platform answered itself is not there.",
        "It was closed before anybody recorded it.",
    ),
)
