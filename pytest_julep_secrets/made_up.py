"""Values that look as those of a provider do, and are never real. Nothing here knows Faker.

Each has the prefix and the alphabet of its kind, the `TAG` by which it is known again wherever it
turns up, and a fault for which its provider would refuse it and scanners leave it alone.
"""

from __future__ import annotations

import json
import re
import string
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Final

# Nothing in it is changed on the way into a URL, JSON or a shell; and few keys may have a dash.
TAG: Final = "FAKE-JULEP"
# What reports call a value of which only the mark is known.
LABEL: Final = "made_up_by_faker"

# Nothing that a word could end with, also where a kind has it: another kind's prefix could begin
# behind it, by chance.
_ALPHABETS: Final = {
    "a": string.ascii_letters + string.digits,
    "2": string.ascii_uppercase + "234567",
    "d": string.digits,
    "h": "0123456789abcdef",
}
_HOLE: Final = re.compile(r"\{(?:(tag)|(.)(\d+))\}")


def fill(pattern: str, random: Random) -> str:
    """Fill the holes of a pattern with random characters.

    Args:
        pattern: `{tag}` stands for the tag; `{a24}` for 24 characters: `a` letters and digits,
            `2` those of base32, `d` digits, `h` hexadecimal ones.
        random: Where they come from.
    """

    def filled(hole: re.Match[str]) -> str:
        if hole[1]:
            return TAG
        return "".join(random.choices(_ALPHABETS[hole[2]], k=int(hole[3])))

    return _HOLE.sub(filled, pattern)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is made up for one purpose.

    Attributes:
        name: As the secret is called: exactly as a provider's key is looked up, else in
            snake_case, the service first.
        service: Whose it is, as people write it.
        make: Makes a value.
        fault: Why no value of it is real.
    """

    name: str
    service: str
    make: Callable[[Random], str]
    fault: str


def _jwt(random: Random) -> str:
    """Make a token that a library decodes; before its first brace stands a space."""
    header = {"alg": "HS256", "kid": fill("{tag}{a8}", random), "typ": "JWT"}
    payload = {"sub": fill("user-{d8}", random), "iat": 1_700_000_000, "exp": 1_700_003_600}
    segments = (f" {json.dumps(part)}".encode() for part in (header, payload))
    encoded = (urlsafe_b64encode(segment).decode().rstrip("=") for segment in segments)
    return ".".join((*encoded, fill("{d1}{a42}", random)))


def _private_key(random: Random) -> str:
    """Make the lines of a key on P-256; their first has a dash, which base64 has not."""
    body = fill("{tag}{a54}\n{d1}{a63}\n{d1}{a55}", random)
    return f"-----BEGIN {_PEM}-----\n{body}\n-----END {_PEM}-----\n"


_PEM: Final = "PRIVATE FAKE KEY"
_DASH: Final = "a dash"
_SHORT: Final = "one character too few"


def _of(name: str, service: str, pattern: str, fault: str) -> Kind:
    return Kind(name, service, partial(fill, pattern), fault)


# A wrong checksum alone would not do: most scanners know of none.
KINDS: Final[Mapping[str, Kind]] = {
    # Looked up by exactly these names.
    "openai": _of("OPENAI_API_KEY", "OpenAI", "sk-proj-{tag}{a38}", "no 'T3BlbkFJ' in its middle"),
    "anthropic": _of(
        "ANTHROPIC_API_KEY", "Anthropic", "sk-ant-api03-{tag}{a83}QQ", "no 'AA' at its end"
    ),
    "gemini": _of("GEMINI_API_KEY", "Google Gemini", "AIza{tag}{a24}", _SHORT),
    "bedrock": _of("BEDROCK_API_KEY", "Amazon Bedrock", "ABSK{tag}{a118}", _DASH),
    "groq": _of("GROQ_API_KEY", "Groq", "gsk_{tag}{a42}", _DASH),
    "openrouter": _of("OPENROUTER_API_KEY", "OpenRouter", "sk-or-v1-{tag}{h54}", _DASH),
    "voyage": _of("VOYAGE_API_KEY", "Voyage AI", "pa-{tag}{a32}", _SHORT),
    "cohere": _of("COHERE_API_KEY", "Cohere", "{tag}{a30}", _DASH),
    # By any name: these begin with the service.
    "stripe": _of("stripe_secret_key", "Stripe", "sk_test_{tag}{a89}", _DASH),
    "stripe_webhook": _of("stripe_webhook_secret", "Stripe", "whsec_{tag}{a22}", _DASH),
    "github": _of("github_token", "GitHub", "ghp_{tag}{a26}", _DASH),
    "gitlab": _of("gitlab_token", "GitLab", "glpat-{tag}{a9}", _SHORT),
    "slack": _of("slack_bot_token", "Slack", "xoxb-{tag}_{d12}-{d13}-{a24}", "an underscore"),
    "sendgrid": _of(
        "sendgrid_api_key", "SendGrid", "SG.{tag}{a11}{d1}.{d1}{a36}", "too few characters"
    ),
    "twilio": _of("twilio_auth_token", "Twilio", "{tag}{h22}", _DASH),
    "aws_access_key_id": _of("aws_access_key_id", "AWS", "AKIA{tag}{26}", _DASH),
    "aws_secret_access_key": _of("aws_secret_access_key", "AWS", "{tag}{a30}", _DASH),
    "database_url": _of(
        "database_url",
        "PostgreSQL",
        "postgresql+psycopg://app:{tag}*{a14}@db.example.com:5432/app",
        "a host that nobody can have",
    ),
    "jwt": Kind("service_token", "JSON Web Token", _jwt, "expired, signed by nobody"),
    "private_key": Kind("signing_private_key", "PEM", _private_key, "no key, and framed as none"),
    "webhook_url": _of(
        "alerts_webhook_url",
        "Webhook",
        "https://hooks.example.com/services/T{28}/B{28}/{tag}{a14}",
        "a host that nobody can have",
    ),
    "password": _of("smtp_password", "Password", "{tag}{a14}", "only the mark"),
    "generic": _of("partner_api_key", "API", "{tag}{a30}", "only the mark"),
}
