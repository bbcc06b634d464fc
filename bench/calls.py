"""Calls of the four operations, as the SDK's requests arrive at the fake."""

from __future__ import annotations

import json

from pytest_julep_secrets.fake.call import Call

_HEADERS = {
    "host": "localhost:8080",
    "accept-encoding": "gzip, deflate",
    "connection": "keep-alive",
    "accept": "application/json",
    "content-type": "application/json",
    "user-agent": "Julep/Python 2.21.0",
    "x-stainless-lang": "python",
    "x-stainless-package-version": "2.21.0",
    "x-stainless-os": "Linux",
    "x-stainless-arch": "x64",
    "x-stainless-runtime": "CPython",
    "x-stainless-runtime-version": "3.11.7",
    "x-stainless-async": "false",
    "x-stainless-retry-count": "0",
    "authorization": "Bearer fake-julep-api-key",
}


def create(name: str) -> Call:
    """Ask for a new secret."""
    return Call("POST", "/secrets", "", _HEADERS, _body(name))


def update(secret_id: str, name: str, rotated: int = 3) -> Call:
    """Ask for another value."""
    return Call("PUT", f"/secrets/{secret_id}", "", _HEADERS, _body(name, rotated))


def delete(secret_id: str) -> Call:
    """Ask for the end of a secret."""
    return Call("DELETE", f"/secrets/{secret_id}", "", _HEADERS)


def page(limit: int, offset: int) -> Call:
    """Ask for some of the secrets."""
    return Call("GET", "/secrets", f"limit={limit}&offset={offset}", _HEADERS)


def everything() -> Call:
    """Ask for the secrets as `list()` does, without saying how many."""
    return Call("GET", "/secrets", "", _HEADERS)


def reset() -> Call:
    """Ask `julep-secrets serve --reset-path /reset` for what it began with."""
    return Call("POST", "/reset", "", _HEADERS)


def _body(name: str, rotated: int = 3) -> bytes:
    secret = {
        "name": name,
        "value": "sk-fake-1f9c27d4",
        "description": "For a test",
        "metadata": {"team": "pay", "rotated": rotated},
    }
    return json.dumps(secret, ensure_ascii=False, separators=(",", ":")).encode()
