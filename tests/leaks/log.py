"""Lines of a log, as an HTTP client writes it."""

from __future__ import annotations

from typing import Final

_LINE: Final = (
    "2026-01-02 03:04:%02d,567 INFO httpx HTTP Request: GET "
    'https://api.example.com/v1/charges/ch_%06d?limit=20 "HTTP/1.1 200 OK" took %d ms\n'
)


def log(lines: int) -> bytes:
    return "".join(_LINE % (number % 60, number, number % 900) for number in range(lines)).encode()
