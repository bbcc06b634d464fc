"""Examples of credentials, made up here: by rule, what looks real and what does not.

Put together when they are asked for: scanners of this repository would take them for real.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
import string
import zlib
from collections.abc import Callable
from typing import Any, Final

BASE62: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
BASE32: Final = string.ascii_uppercase + "234567"
HEX: Final = "0123456789abcdef"
URL: Final = BASE62 + "-_"

# In the middle of all that is here.
NOW: Final = 1_700_000_000.0


def some(size: int, alphabet: str = BASE62, seed: int = 3) -> str:
    """Random characters, the same in every run."""
    return "".join(random.Random(f"{size}{alphabet}{seed}").choices(alphabet, k=size))


def github(prefix: str, body: str | None = None) -> str:
    body = body or some(30)
    number, checksum = zlib.crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, 62)
        checksum = BASE62[digit] + checksum
    return f"{prefix}{body}{checksum.rjust(6, '0')}"


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jwt(
    payload: object, *, key: str = "k7Tq1-zP", header: object = None, signature: bytes | None = None
) -> str:
    header = {"alg": "HS256", "typ": "JWT"} if header is None else header
    signed = ".".join(
        b64url(json.dumps(part, separators=(",", ":")).encode()) for part in (header, payload)
    )
    if signature is None:
        signature = hmac.digest(key.encode(), signed.encode(), hashlib.sha256)
    return f"{signed}.{b64url(signature)}"


def noise(size: int) -> bytes:
    return random.Random(size).randbytes(size)


# An Ed25519 key: nothing in it but its kind and 32 random bytes.
ED25519: Final = bytes.fromhex("302e020100300506032b657004220420") + noise(32)


def der(size: int) -> bytes:
    return b"\x30\x82" + size.to_bytes(2, "big") + noise(size)


def pem(kind: str, data: bytes, *, end: str = "\n", headers: str = "", tail: str = "") -> str:
    text = base64.b64encode(data).decode()
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    begin = f"-----BEGIN {kind}-----"
    return end.join([begin, *([headers] if headers else []), *lines, f"{tail}-----END {kind}-----"])


def openssh() -> bytes:
    return b"openssh-key-v1\0" + noise(300)


LEGACY: Final = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0F1E2D3C4B5A69788796A5B4C3D2E1F0\n"
SOON: Final[dict[str, Any]] = {"sub": "9", "exp": NOW + 60}
PASSWORD: Final = "k7Tq-1zPw"

Examples = Callable[[], list[str]]

POSITIVE: Final[dict[str, Examples]] = {
    "stripe-live-key": lambda: [
        "sk_live_" + some(24),
        "rk_live_" + some(24),
        "sk_live_51" + some(97),
        "Bearer sk_live_" + some(24),
        '{"key": "sk_live_' + some(24) + '"}',
        "STRIPE=sk_live_" + some(24) + "\nOTHER=1",
    ],
    "aws-access-key-id": lambda: [
        "AKIA" + some(16, BASE32),
        "ASIA" + some(16, BASE32),
        "AKIA" + some(16, BASE32) + ":" + some(40),
        "aws_access_key_id = AKIA" + some(16, BASE32),
    ],
    "github-token": lambda: [
        *(github(prefix) for prefix in ("ghp_", "gho_", "ghu_", "ghs_", "ghr_")),
        "https://" + github("ghp_") + "@github.com/acme/app",
        github("ghp_", "0" * 12 + some(18)),
        github("ghr_", some(70)),
    ],
    "github-fine-grained-token": lambda: ["github_pat_" + some(22) + "_" + some(59)],
    "gitlab-token": lambda: [
        *(f"{prefix}-{some(20, URL)}" for prefix in ("glpat", "gldt", "glrt", "glptt", "glft")),
        *(f"{prefix}-{some(25, URL)}" for prefix in ("glimt", "glsoat", "glffct", "glwt")),
        "glagent-" + some(50, URL),
        "GR1348941" + some(20, URL),
        "gloas-" + some(64, HEX),
        "glcbt-4a_" + some(20, URL),
        "glrt-t1_" + some(20, URL),
        "glpat-" + some(27, URL) + ".01.0w1" + some(6, HEX),
    ],
    "slack-token": lambda: [
        f"xoxb-{some(12, '12345')}-{some(13, '67890')}-{some(24)}",
        f"xoxp-{some(12, '12345')}-{some(12, '67890')}-{some(12, '12345')}-{some(32, HEX)}",
        f"xoxb-{some(12, '12345')}-{some(24)}",
        f"xoxe.xoxp-1-{some(140)}",
        f"xoxs-{some(10, '12345')}-{some(10, '67890')}-{some(10, '12345')}-{some(32, HEX)}",
    ],
    "slack-app-token": lambda: [f"xapp-1-A{some(10, BASE32)}-{some(13, '12345')}-{some(64, HEX)}"],
    "slack-webhook": lambda: [
        f"https://hooks.slack.com/services/T{some(8, BASE32)}/B{some(10, BASE32)}/{some(24)}",
        f"https://hooks.slack.com/workflows/T{some(8, BASE32)}/A{some(9, BASE32)}/{some(24)}",
    ],
    "openai-key": lambda: [
        "sk-" + some(20) + "T3BlbkFJ" + some(20),
        "sk-proj-" + some(74, URL) + "T3BlbkFJ" + some(74, URL),
        "sk-svcacct-" + some(58, URL) + "T3BlbkFJ" + some(58, URL),
    ],
    "anthropic-key": lambda: [
        "sk-ant-api03-" + some(93, URL) + "AA",
        "sk-ant-admin01-" + some(93, URL) + "AA",
        "sk-ant-oat01-" + some(93, URL) + "AA",
    ],
    "google-api-key": lambda: ["AIza" + some(35, URL), "https://a.com/?key=AIza" + some(35, URL)],
    "google-oauth-secret": lambda: ["ya29." + some(120, URL), "GOCSPX-" + some(28, URL)],
    "private-key": lambda: [
        pem("PRIVATE KEY", ED25519),
        pem("RSA PRIVATE KEY", der(1187)),
        pem("EC PRIVATE KEY", b"\x30\x77" + noise(0x77)),
        pem("ENCRYPTED PRIVATE KEY", b"\x30\x81\xa0" + noise(0xA0)),
        pem("OPENSSH PRIVATE KEY", openssh()),
        pem("RSA PRIVATE KEY", noise(1200), headers=LEGACY),
        pem("PGP PRIVATE KEY BLOCK", b"\x95" + noise(400), tail="=a1B2\n"),
        pem("PRIVATE KEY", ED25519, end="\r\n"),
        pem("PRIVATE KEY", ED25519, end="\\n"),
        pem("PRIVATE KEY", ED25519, end=""),
        json.dumps({"type": "service_account", "private_key": pem("PRIVATE KEY", der(1200))}),
        pem("CERTIFICATE", der(500)) + "\n" + pem("PRIVATE KEY", ED25519),
    ],
    "private-key-base64": lambda: [base64.b64encode(pem("PRIVATE KEY", ED25519).encode()).decode()],
    "jwt": lambda: [
        jwt(SOON),
        "Bearer " + jwt(SOON),
        jwt({"sub": "9"}),
        jwt({"sub": "9", "exp": NOW + 0.5}),
        jwt(SOON, header={"alg": "RS256"}, signature=noise(256)),
        jwt(SOON, header={"alg": "ES256", "kid": "1"}, signature=noise(64)),
        jwt(SOON, header={"alg": "EdDSA"}, signature=noise(64)),
        json.dumps({"access_token": jwt(SOON)}),
        "ghs_12345_" + jwt(SOON, header={"alg": "RS256"}, signature=noise(256)),
    ],
    "database-url": lambda: [
        f"postgres://app:{PASSWORD}@db.acme.io/app",
        f"postgresql+asyncpg://app:{PASSWORD}@db.acme.io:5432/app?ssl=require",
        f"POSTGRESQL://app:{PASSWORD}@db.acme.io/app",
        f"mysql://root:{PASSWORD}@10.0.3.7:3306/app",
        f"mongodb+srv://app:{PASSWORD}@cluster0.k1x9.mongodb.net/?retryWrites=true",
        f"mongodb://app:{PASSWORD}@a.acme.io:27017,b.acme.io:27017/app",
        f"redis://:{PASSWORD}@cache.acme.io:6379/0",
        f"rediss://default:{PASSWORD}@cache.acme.io",
        f"amqps://app:{PASSWORD}@192.168.1.10:5671/vhost",
        f"postgres://app:{PASSWORD}@[2a01:4f8::1]:5432/app",
        "postgres://app:p%40ss%3Ak7@db.acme.io/app",
        "postgres://app:k7@q1@db.acme.io/app",
        f"DATABASE_URL=postgres://app:{PASSWORD}@prod-db.acme.io/app\n",
        f"postgres://app:{PASSWORD}@testament.acme.io/app",
    ],
}

NEGATIVE: Final[dict[str, Examples]] = {
    "stripe-live-key": lambda: [
        "sk_test_" + some(24),
        "rk_test_" + some(24),
        "pk_test_" + some(24),
        "pk_live_" + some(24),
        "whsec_" + some(32),
        "sk_live_",
        "sk_live_abc123",
        "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx",
        "sk_live_" + "0" * 24,
        "sk_live_abcdefghijklmnopqrstuvwx",
        "sk_live_1234567890abcdefghijklmn",
        "sk_live_fake" + some(20),
        "sk_live_EXAMPLE" + some(17),
        "sk_live_YourStripeKeyGoesHere123",
        "sk_live_abc123abc123abc123abc123",
        "<sk_live_...>",
        "task_live_" + some(24),
    ],
    "aws-access-key-id": lambda: [
        "AKIAIOSFODNN7EXAMPLE",
        "AKIAI44QH8DHBEXAMPLE",
        "ASIAIOSFODNN7EXAMPLE",
        "AKIA" + some(15, BASE32),
        "AKIA" + some(17, BASE32),
        "AKIA" + some(15, BASE32) + "1",
        "AKIA" + some(16, BASE32).lower(),
        "AKIAAAAAAAAAAAAAAAAA",
        "AKIAABCDEFGHIJKLMNOP",
        "AKIATESTTESTTESTTEST",
        "AKIA1234567890123456",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "XAKIA" + some(16, BASE32),
    ],
    "github-token": lambda: [
        "ghp_" + some(36),
        "ghp_" + "x" * 36,
        "ghp_1234567890abcdefghijklmnopqrstuvwxyz",
        github("ghp_")[:-1] + "-",
        github("ghp_")[:-1],
        github("ghp_") + "a",
        github("ghx_"),
    ],
    "github-fine-grained-token": lambda: [
        "github_pat_" + some(22) + "_" + some(58),
        "github_pat_" + "A" * 22 + "_" + "B" * 59,
        "github_pat_" + some(22) + "_example" + some(52),
    ],
    "gitlab-token": lambda: [
        "glpat-" + some(12, URL),
        "glpat-" + "x" * 20,
        "glpat-xxxxxxxx-xxxxxxxxxxx",
        "glpat-your-token-goes-here",
        "glpat-example" + some(12),
        "glxyz-" + some(20),
        "glpat_" + some(20),
    ],
    "slack-token": lambda: [
        "xoxb-your-token",
        "xoxb-not-a-real-token",
        "xoxb-123456789012-1234567890123-abcdefghijklmnopqrstuvwx",
        "xoxb-1-" + "a" * 24,
        "xoxb-test-" + some(24),
        f"xoxz-{some(12, '12345')}-{some(24)}",
        "xoxb-17653672481-19874698323-" + "pdFZKVeTuE8sk7oOcHrzqqgy",
    ],
    "slack-app-token": lambda: [
        "xapp-1-A1-2-" + "a" * 64,
        "xapp-1-A012345678-0123456789-" + HEX * 4,
    ],
    "slack-webhook": lambda: [
        "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        "https://hooks.slack.com/services/",
        "https://hooks.slack.com/services/T00/B00/" + some(24),
        f"https://hooks.slack.com/services/T{some(8, BASE32)}/B{some(8, BASE32)}/your-secret-here",
    ],
    "openai-key": lambda: [
        "sk-" + some(48),
        "sk-fake-1",
        "sk-test-" + some(20),
        "sk-...",
        "sk-your-openai-key",
        "sk-" + "x" * 20 + "T3BlbkFJ" + "x" * 20,
        "sk-proj-" + "a" * 48,
        "sk-" + "a" * 20 + "T3BlbkFJ" + "b" * 20,
    ],
    "anthropic-key": lambda: [
        "sk-ant-api03-fake",
        "sk-ant-api03-" + "a" * 95,
        "sk-ant-api03-" + "your-key-here-" * 7,
        "sk-ant-test-" + some(95, URL),
    ],
    "google-api-key": lambda: [
        "AIza" + "SyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe",
        "AIza" + some(34, URL),
        "AIza" + some(36, URL),
        "AIzaSy" + "X" * 33,
        "AIza" + "0123456789" * 3 + "01234",
    ],
    "google-oauth-secret": lambda: ["ya29." + "x" * 40, "GOCSPX-your-client-secret-goes-here"],
    "private-key": lambda: [
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEfakefakefake\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n<your key>\n-----END PRIVATE KEY-----",
        pem("PRIVATE KEY", noise(100)),
        pem("PRIVATE KEY", der(1187)[:-1]),
        pem("PRIVATE KEY", b"\x30\x82\x04\xa3" + b"A" * 1187),
        pem("PRIVATE KEY", b"\x30\x10" + noise(16)),
        pem("OPENSSH PRIVATE KEY", noise(300)),
        pem("PUBLIC KEY", der(290)),
        pem("CERTIFICATE", der(900)),
        pem("PRIVATE KEY", ED25519).replace("END PRIVATE", "END PUBLIC"),
    ],
    "private-key-base64": lambda: [
        base64.b64encode(pem("PUBLIC KEY", der(290)).encode()).decode(),
        base64.b64encode(pem("PRIVATE KEY", noise(100)).encode()).decode(),
        "LS0tLS1CRUdJTi" + some(100),
    ],
    "jwt": lambda: [
        # Those of jwt.io, by the secrets it shows.
        jwt(
            {"sub": "1234567890", "name": "John Doe", "iat": 1516239022}, key="your-256-bit-secret"
        ),
        jwt({"sub": "1"}, key="a-string-secret-at-least-256-bits-long"),
        jwt(SOON, key="secret"),
        jwt({"sub": "9", "exp": NOW - 1}),
        jwt({"sub": "9", "exp": NOW}),
        jwt({"sub": "9", "exp": 0}),
        jwt({"sub": "9", "exp": "never"}),
        jwt(SOON, header={"alg": "none"}),
        jwt(SOON, header={"alg": "none"}, signature=b""),
        jwt(SOON, header={"typ": "JWT"}),
        jwt(SOON, header=["HS256"]),
        jwt([1, 2, 3]),
        jwt(SOON, signature=b"signature"),
        jwt(SOON, header={"alg": "RS256"}, signature=noise(32)),
        jwt(SOON).rpartition(".")[0],
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "eyJhbGciOiJIUzI1NiJ9." + "eyJ" + "A" * 40 + "." + "B" * 43,
    ],
    "database-url": lambda: [
        *(
            f"postgres://app:{PASSWORD}@{host}/app"
            for host in (
                "localhost",
                "localhost:5432",
                "127.0.0.1",
                "127.8.9.1:5432",
                "[::1]:5432",
                "0.0.0.0",  # noqa: S104
                "db",
                "postgres:5432",
                "host.docker.internal",
                "db.local",
                "db.test",
                "db.example",
                "db.example.com",
                "example.org:5432",
                "db.invalid",
                "db.LOCALHOST.",
                "192.0.2.7",
                "[2001:db8::7]",
                "your-host.acme.io",
                "${HOST}",
            )
        ),
        *(
            f"postgres://app:{password}@db.acme.io/app"
            for password in (
                "password",
                "Password1",
                "secret",
                "changeme",
                "xxxx",
                "****",
                "app",
                "pass",
                "admin123",
                "postgres",
                "fake-pass",
                "test1234",
                "<password>",
                "${DB_PASSWORD}",
                "$DB_PASSWORD",
                "{password}",
                "%s",
                "%(password)s",
                "aaaaaaaa",
                "your-password",
            )
        ),
        "postgres://db.acme.io/app",
        "postgres://app@db.acme.io/app",
        "postgres://app:@db.acme.io/app",
        f"https://app:{PASSWORD}@api.acme.io/",
        "sqlite:///app.db",
    ],
}
