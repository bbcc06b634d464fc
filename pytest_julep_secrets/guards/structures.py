"""Whether a text is built as a credential of its kind is: checksums, encodings, expiry."""

from __future__ import annotations

import binascii
import hmac
import json
import re
from base64 import b64decode, urlsafe_b64decode
from typing import Any, Final

_BASE62: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def has_github_checksum(token: str) -> bool:
    """Tell whether the last six characters are the checksum of those before.

    Args:
        token: Without its prefix: 30 random characters and 6; a refresh token has 70 and 6.

    Source:
        GitHub, "Behind GitHub's new authentication token formats": CRC-32 in base 62.
    """
    rest, checksum = binascii.crc32(token[:-6].encode()), ""
    for _ in range(6):
        rest, digit = divmod(rest, 62)
        checksum = _BASE62[digit] + checksum
    return token.endswith(checksum)


# --- JSON Web Tokens

# How many bytes a signature has. RSA's depend on the key; keys are of 1,024 bits or more.
_SIGNATURES: Final = {
    **{f"HS{bits}": (bits // 8, bits // 8) for bits in (256, 384, 512)},
    **{f"{kind}{bits}": (128, 1024) for kind in ("RS", "PS") for bits in (256, 384, 512)},
    "ES256": (64, 64),
    "ES256K": (64, 64),
    "ES384": (96, 96),
    "ES512": (132, 132),
    "EdDSA": (64, 114),
}
# Keys that everybody knows: those of jwt.io, and what stands in tutorials and tests.
_KNOWN_KEYS: Final = (
    "your-256-bit-secret",
    "your-384-bit-secret",
    "your-512-bit-secret",
    "a-string-secret-at-least-256-bits-long",
    "secret",
    "secretkey",
    "secret-key",
    "secret_key",
    "secretKey",
    "mysecret",
    "my-secret",
    "my_secret",
    "my-secret-key",
    "supersecret",
    "super-secret",
    "key",
    "password",
    "changeme",
    "test",
    "test-secret",
    "test_secret",
    "testsecret",
    "test-key",
    "test_key",
    "dummy",
    "fake",
    "example",
)


def is_live_jwt(token: str, now: float) -> bool:
    """Tell whether a text is a signed JSON Web Token that has not expired.

    One without `exp` never does. One whose signature everybody could make is none that protects
    anything.

    Args:
        token: Three segments with dots between them.
        now: Seconds since the epoch.

    Source:
        RFC 7515 (three segments in base64url), 7518 (`alg`, lengths of signatures), 7519 (`exp`).
    """
    signed, _, signature = token.rpartition(".")
    header, payload = (_json_segment(segment) for segment in signed.split("."))
    if header is None or payload is None or _expires(payload) <= now:
        return False
    shortest, longest = _SIGNATURES.get(str(header.get("alg")), (1, 0))
    made = _segment(signature) or b""
    return shortest <= len(made) <= longest and not _is_well_known(header, signed, made)


def _expires(payload: dict[str, Any]) -> float:
    expires = payload.get("exp", float("inf"))
    return expires if isinstance(expires, int | float) else 0


def _is_well_known(header: dict[str, Any], signed: str, signature: bytes) -> bool:
    name = str(header["alg"])
    if not name.startswith("HS"):
        return False
    return any(
        hmac.digest(key.encode(), signed.encode(), f"sha{name[2:]}") == signature
        for key in _KNOWN_KEYS
    )


def _segment(text: str) -> bytes | None:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None


def _json_segment(text: str) -> dict[str, Any] | None:
    try:
        decoded = json.loads(_segment(text) or b"")
    except (ValueError, RecursionError):
        return None
    return decoded if isinstance(decoded, dict) else None


def unwrap(text: str) -> str:
    """Decode base64; what is none of ASCII comes out as something else, "" if it is no base64."""
    try:
        return b64decode(text + "=" * (-len(text) % 4)).decode("latin-1")
    except ValueError:
        return ""


# --- PEM

# Line ends, also as they are escaped in JSON and in environment variables.
_BREAKS: Final = re.compile(r"\\[nrt]|\s")
_ENCRYPTED: Final = re.compile(r"\s*Proc-Type: ?4,ENCRYPTED.*?DEK-Info:[^\\\n]+", re.DOTALL)


def is_private_key(body: str) -> bool:
    """Tell whether what a PEM block frames is a private key.

    Args:
        body: What stands between the BEGIN and END lines.

    Source:
        RFC 7468 (textual encodings), RFC 1421 (`Proc-Type`), OpenSSH's PROTOCOL.key, RFC 9580
        (OpenPGP: packets, a checksum behind "=").
    """
    encrypted = _ENCRYPTED.match(body)
    text = _BREAKS.sub("", body[encrypted.end() :] if encrypted else body)
    text, _, checksum = text.partition("=") if re.search(r"=[\w+/]{4}$", text) else (text, "", "")
    try:
        data = b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return False
    if len(set(data)) <= 16:
        return False
    if checksum:
        # A secret-key packet, in the old format or the new.
        return data[0] in {0x94, 0x95, 0xC5}
    if encrypted:
        return len(data) >= 64 and len(data) % 8 == 0
    return _is_der(data) or data.startswith(b"openssh-key-v1\0")


def _is_der(data: bytes) -> bool:
    """Tell whether bytes are one SEQUENCE, of the length it says; the shortest keys have 46."""
    if len(data) < 46 or data[0] != 0x30:
        return False
    size, header = data[1], 2
    if size > 0x80:
        header += size - 0x80
        size = int.from_bytes(data[2:header])
    return header + size == len(data)
