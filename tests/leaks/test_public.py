"""What of a value is no secret."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.leaks import public


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        (b"abcdef", b"", b""),
        (b"sk_live_abc", b"sk_live_", b""),
        (b"sk-fake-abc", b"sk-fake-", b""),
        (b"sk-proj-abc", b"sk-proj-", b""),
        (b"ghp_abc", b"ghp_", b""),
        (b"AKIAABC", b"AKIA", b""),
        (b"Bearer abc", b"Bearer ", b""),
        (b"eyJhbGciOiJIUzI1NiJ9.eyJz.abc", b"eyJhbGciOiJIUzI1NiJ9.", b""),
        (b"https://hooks.example.com/T0/abc", b"https://hooks.example.com/", b""),
        (b"postgres://app:pw@db/app", b"postgres://app:", b"@db/app"),
        (b"redis://:pw@db:1/0", b"redis://:", b"@db:1/0"),
        (b"abc@example.com", b"", b""),
        (
            b"-----BEGIN RSA KEY-----\nMII\n-----END RSA KEY-----\n",
            b"-----BEGIN RSA KEY-----\n",
            b"\n-----END RSA KEY-----\n",
        ),
    ],
)
def test_what_is_public_of_a_value(value: bytes, start: bytes, end: bytes) -> None:
    assert value[: public.prefix(value)] == start
    assert value[len(value) - public.suffix(value) :] == end
