"""A value in the forms that can be listed, for those who search for given texts."""

from __future__ import annotations

import base64
import html
import json
import urllib.parse
from collections.abc import Iterator


def twelve_forms(value: str) -> Iterator[str]:
    """Give what a value most often is in a text; those of base64 once for each way it may stand."""
    data = value.encode()
    yield value
    yield json.dumps(value)[1:-1]
    yield json.dumps(value, ensure_ascii=False)[1:-1]
    yield repr(value)[1:-1]
    yield ascii(value)[1:-1]
    yield urllib.parse.quote(value, "")
    yield html.escape(value)
    yield from _base64(data)
    yield from (one.replace("+", "-").replace("/", "_") for one in _base64(data))
    yield data.hex()
    yield data.hex().upper()
    yield base64.b32encode(data).decode().rstrip("=")


def _base64(data: bytes) -> Iterator[str]:
    for shift in range(3):
        padded = b"x" * shift + data + b"x" * (-(shift + len(data)) % 3)
        yield base64.b64encode(padded).decode()[4 if shift else 0 : -4]
