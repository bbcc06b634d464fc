"""Whether a text is built as a credential of its kind is; real keys are judge of that."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from guards.credentials import NOW, b64url, jwt, noise
from pytest_julep_secrets.guards.credentials import credential_rule
from pytest_julep_secrets.guards.structures import (
    has_github_checksum,
    is_live_jwt,
    is_private_key,
    unwrap,
)


@pytest.mark.parametrize(
    ("body", "checksum"), [("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ", "0mLq17"), ("0" * 30, "2C8GjS")]
)
def test_the_checksum_is_githubs(body: str, checksum: str) -> None:
    """The first of them has been revoked, and is known for it."""
    assert has_github_checksum(body + checksum)
    assert not has_github_checksum(body + checksum[::-1])


KEYS = [
    rsa.generate_private_key(65537, 1024),  # noqa: S505 - only to be looked at
    ec.generate_private_key(ec.SECP256R1()),
    ed25519.Ed25519PrivateKey.generate(),
]
PEM = Encoding.PEM
PLAIN, LOCKED = NoEncryption(), BestAvailableEncryption(b"k7Tq-1zPw")


@pytest.mark.parametrize("key", KEYS, ids=["rsa", "ec", "ed25519"])
@pytest.mark.parametrize("format_", [PrivateFormat.PKCS8, PrivateFormat.OpenSSH])
def test_real_private_keys_are_seen(key: Any, format_: Any) -> None:
    text = key.private_bytes(PEM, format_, PLAIN).decode()

    assert credential_rule(text, NOW) == "private-key"
    assert credential_rule(text.replace("\n", "\\n"), NOW) == "private-key"


@pytest.mark.parametrize("key", KEYS[:2], ids=["rsa", "ec"])
@pytest.mark.parametrize("encryption", [PLAIN, LOCKED], ids=["plain", "encrypted"])
def test_so_are_those_of_the_old_format(key: Any, encryption: Any) -> None:
    text = key.private_bytes(PEM, PrivateFormat.TraditionalOpenSSL, encryption).decode()

    assert credential_rule(text, NOW) == "private-key"


@pytest.mark.parametrize("key", KEYS, ids=["rsa", "ec", "ed25519"])
def test_and_encrypted_ones_but_no_public_one(key: Any) -> None:
    private = key.private_bytes(PEM, PrivateFormat.PKCS8, LOCKED)
    public = key.public_key().public_bytes(PEM, PublicFormat.SubjectPublicKeyInfo)

    assert credential_rule(private.decode(), NOW) == "private-key"
    assert credential_rule(public.decode(), NOW) is None


@settings(deadline=None)
@given(st.text(max_size=200), st.binary(max_size=200))
def test_any_body_has_an_answer(text: str, data: bytes) -> None:
    assert not is_private_key(text)
    is_private_key(base64.b64encode(data).decode())
    unwrap(text)


@settings(deadline=None)
@given(st.binary(min_size=46, max_size=120))
def test_random_bytes_are_a_key_only_if_they_say_their_length(data: bytes) -> None:
    if is_private_key(base64.b64encode(data).decode()):
        assert data[0] == 0x30
        assert len(data) in {2 + data[1], 3 + data[2]}


# --- JSON Web Tokens


@settings(deadline=None)
@given(st.from_regex(re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII), fullmatch=True))
def test_any_three_segments_have_an_answer(token: str) -> None:
    assert not is_live_jwt(token, NOW)


@settings(deadline=None)
@given(
    st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=4),
    st.floats(1, 4e9),
    st.floats(1, 4e9),
)
def test_what_expires_later_is_live_whatever_else_it_says(
    payload: dict[str, object], expires: float, now: float
) -> None:
    assert is_live_jwt(jwt({**payload, "exp": expires}), now) == (expires > now)


@pytest.mark.parametrize(
    ("algorithm", "size", "live"),
    [
        ("HS256", 32, True),
        ("HS384", 48, True),
        ("HS512", 64, True),
        ("RS256", 256, True),
        ("PS512", 512, True),
        ("ES256", 64, True),
        ("ES512", 132, True),
        ("EdDSA", 64, True),
        ("HS256", 31, False),
        ("ES256", 63, False),
        ("RS256", 64, False),
        ("none", 32, False),
        ("", 32, False),
        (None, 32, False),
        (["HS256"], 32, False),
    ],
)
def test_a_signature_is_as_long_as_its_algorithm_makes_it(
    algorithm: object, size: int, live: bool
) -> None:
    assert is_live_jwt(jwt({"a": 1}, header={"alg": algorithm}, signature=noise(size)), NOW) is live


def test_deep_json_is_none() -> None:
    deep = b64url(b'{"a":' + b"[" * 50_000)

    assert not is_live_jwt(f"{deep}.{deep}.{b64url(noise(32))}", NOW)
