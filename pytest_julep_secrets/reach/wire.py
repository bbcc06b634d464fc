"""From what stands in an HTTP request to a call, whoever has read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from pytest_julep_secrets.fake.call import Call


def read_headers(fields: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Read headers; of a repeated one the first counts.

    Args:
        fields: Names and values, as sent.
    """
    headers: dict[str, str] = {}
    for name, value in fields:
        headers.setdefault(name.decode("ascii").lower(), value.decode("latin-1").strip(" \t"))
    return headers


def read_call(
    method: str,
    target: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    scheme: str,
    prefix: str = "",
) -> Call:
    """Read a request as the server's framework does.

    Args:
        method: As sent.
        target: Path and query, as sent: percent-encoded.
        headers: As from `read_headers`.
        body: The whole body.
        scheme: "http" or "https".
        prefix: What the gateway strips off the path.

    Source:
        uvicorn 0.29 and Starlette 0.46.0.
    """
    path, _, query = target.partition("?")
    return Call(
        method,
        unquote(path.removeprefix(prefix)),
        query,
        headers,
        body,
        f"{scheme}://{headers.get('host', '')}{prefix}",
    )
