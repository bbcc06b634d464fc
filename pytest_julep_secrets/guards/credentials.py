"""Values that look like real credentials: by prefix and structure, checksum or randomness."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from pytest_julep_secrets.guards.databases import leads_to_a_real_database
from pytest_julep_secrets.guards.plausible import is_plausible_token
from pytest_julep_secrets.guards.structures import (
    has_github_checksum,
    is_live_jwt,
    is_private_key,
    unwrap,
)

# Whether a match is a real credential; the time, in seconds since the epoch, is the second.
Check = Callable[[re.Match[str], float], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """How credentials of one kind look.

    Attributes:
        name: Of the rule, as messages say it.
        marks: Every match has one of them in it.
        pattern: What they look like; its group `secret` is what is random. No more than one
            pass over a text: a match begins where no other could, and quantifiers do not
            overlap.
        check: What a pattern cannot say.
        checked: The same in words.
        source: Who says that they look so.
    """

    name: str
    marks: tuple[str, ...]
    pattern: re.Pattern[str]
    check: Check
    checked: str
    source: str


def _is_random(match: re.Match[str], _now: float) -> bool:
    return is_plausible_token(match["secret"])


def _rule(
    name: str,
    marks: str,
    pattern: str,
    source: str,
    *,
    check: Check = _is_random,
    checked: str = "randomness",
) -> Rule:
    return Rule(name, tuple(marks.split()), re.compile(pattern, re.VERBOSE), check, checked, source)


def _holds_private_key(match: re.Match[str], _now: float) -> bool:
    return any(is_private_key(one["secret"]) for one in _PEM.finditer(unwrap(match["secret"])))


_PEM: Final = re.compile(
    r"""-----BEGIN\ (?P<kind>(?:[A-Z0-9]+\ ){0,2}PRIVATE\ KEY(?:\ BLOCK)?)-----
    (?P<secret>(?:[^-]|-(?!----))*+)-----END\ (?P=kind)-----""",
    re.VERBOSE,
)
_START: Final = r"(?<![A-Za-z0-9])"
# For what may have "-" and "_" in it.
_URL_START: Final = r"(?<![A-Za-z0-9_-])"
_END: Final = r"(?![A-Za-z0-9])"

RULES: Final = (
    _rule(
        "stripe-live-key",
        "sk_live_ rk_live_",
        rf"{_START}[rs]k_live_(?P<secret>[A-Za-z0-9]{{16,}}+)",
        "Stripe, API keys: secret and restricted keys of live mode",
    ),
    _rule(
        "aws-access-key-id",
        "AKIA ASIA",
        rf"{_START}A[KS]IA(?P<secret>[A-Z2-7]{{16}}){_END}",
        "AWS IAM, unique identifiers: AKIA, ASIA; base 32",
    ),
    _rule(
        "github-token",
        "ghp_ gho_ ghu_ ghs_ ghr_",
        rf"{_START}gh[pousr]_(?P<secret>[A-Za-z0-9]{{36}}|[A-Za-z0-9]{{76}}){_END}",
        "GitHub, Behind GitHub's new authentication token formats",
        check=lambda match, _now: has_github_checksum(match["secret"]),
        checked="checksum",
    ),
    _rule(
        "github-fine-grained-token",
        "github_pat_",
        rf"{_START}github_pat_(?P<secret>[A-Za-z0-9]{{22}}_[A-Za-z0-9]{{59}}){_END}",
        "GitHub, about authentication: token formats",
    ),
    _rule(
        "gitlab-token",
        "glpat- gldt- glrt- glcbt- glptt- glft- glimt- glagent- glsoat- gloas- glffct- glwt- "
        "GR1348941",
        rf"""{_URL_START}(?:gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas|ffct|wt)-|GR1348941)
        (?:[0-9a-f]{{1,5}}_|t[123]_)?(?P<secret>[A-Za-z0-9_-]{{20,}}+)""",
        "GitLab, security of tokens: prefixes",
    ),
    _rule(
        "slack-token",
        "xox",
        rf"""{_START}xox[abeoprs](?:\.xox[bp])?-(?:[0-9]{{1,14}}-){{1,4}}
        (?P<secret>[A-Za-z0-9]{{16,}}+)""",
        "Slack, token types",
    ),
    _rule(
        "slack-app-token",
        "xapp-",
        rf"{_START}xapp-[0-9]-[A-Z0-9]{{8,14}}-[0-9]{{8,14}}-(?P<secret>[a-z0-9]{{32,}}+)",
        "Slack, token types",
    ),
    _rule(
        "slack-webhook",
        "hooks.slack",
        r"""hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[A-Za-z0-9]{6,14}/
        (?:[A-Za-z0-9]{6,24}/){1,2}(?P<secret>[A-Za-z0-9]{16,}+)""",
        "Slack, sending messages using incoming webhooks",
    ),
    _rule(
        "openai-key",
        "T3BlbkFJ",
        rf"""{_URL_START}sk-(?:(?:proj|svcacct|admin|None)-)?
        (?P<secret>[A-Za-z0-9_-]{{20,100}}T3BlbkFJ[A-Za-z0-9_-]{{20,100}})""",
        "OpenAI's keys: 'OpenAI' in base 64 in their middle",
    ),
    _rule(
        "anthropic-key",
        "sk-ant-",
        rf"{_URL_START}sk-ant-[a-z]{{3,5}}[0-9]{{2,3}}-(?P<secret>[A-Za-z0-9_-]{{80,}}+)",
        "Anthropic's keys: api03, admin01, oat01",
    ),
    _rule(
        "google-api-key",
        "AIza",
        rf"{_URL_START}AIza(?P<secret>[A-Za-z0-9_-]{{35}})(?![A-Za-z0-9_-])",
        "Google Cloud, API keys",
    ),
    _rule(
        "google-oauth-secret",
        "ya29. GOCSPX-",
        rf"{_URL_START}(?:ya29\.|GOCSPX-)(?P<secret>[A-Za-z0-9_-]{{28,}}+)",
        "Google, OAuth 2.0: access tokens, client secrets",
    ),
    _rule(
        "private-key",
        "PRIVATE",
        _PEM.pattern,
        "RFC 7468, 1421, 9580; OpenSSH, PROTOCOL.key",
        check=lambda match, _now: is_private_key(match["secret"]),
        checked="structure",
    ),
    _rule(
        "private-key-base64",
        "LS0tLS1CRUdJTi",
        r"(?P<secret>LS0tLS1CRUdJTi[A-Za-z0-9+/=]{80,}+)",
        "RFC 4648; as Kubernetes and CI variables hold the above",
        check=_holds_private_key,
        checked="structure of what is encoded",
    ),
    _rule(
        "jwt",
        "eyJ",
        rf"""{_URL_START}(?:ghs_[0-9]{{1,12}}_)?(?P<secret>eyJ[A-Za-z0-9_-]{{10,}}+\.eyJ[A-Za-z0-9_-]{{5,}}+
        \.[A-Za-z0-9_-]{{20,}}+)""",
        "RFC 7515, 7518, 7519; also in GitHub's ghs_ID_JWT",
        check=lambda match, now: is_live_jwt(match["secret"], now),
        checked="structure, signature's length, expiry",
    ),
    _rule(
        "database-url",
        "://",
        rf"""(?i:{_START}(?:postgres(?:ql)?|postgis|mysql|mariadb|mongodb|rediss?|valkeys?|amqps?|mssql
        |sqlserver|oracle|cockroachdb|clickhouse|neo4j|bolt|couchdb|redshift|snowflake|libsql)
        (?:\+[a-z0-9_+]{{1,30}})?)://
        (?P<user>[^\s:/@?\#'"<>]*+):(?P<secret>[^\s/?\#'"<>]+)
        @(?P<host>\[[0-9A-Fa-f:.]++\]|[^\s:/?\#'",;<>@\[\]]++)""",
        "RFC 3986, and the drivers of the databases",
        check=lambda match, _now: leads_to_a_real_database(
            match["user"], match["secret"], match["host"]
        ),
        checked="password, host",
    ),
)

# Most values have none of these in them, and one look is enough.
_ANY_MARK: Final = re.compile("|".join(re.escape(mark) for rule in RULES for mark in rule.marks))

# In the documentation of Google and Slack, written out; the beginnings of their SHA-256.
_DOCUMENTED: Final = frozenset({"ac9265e56c79", "1021ad463a16", "f5375a463650"})


def credential_rule(value: str, now: float) -> str | None:
    """Tell by which rule a value looks like a real credential, or has one in it.

    Values of tests do not: documented examples, placeholders such as "changeme", keys of test
    modes, repeated or counted characters, what has expired, databases on this computer.

    Args:
        value: The value of a secret.
        now: Seconds since the epoch.

    Returns:
        The name of the first of the `RULES` it matches; None if it does not look real.
    """
    if not _ANY_MARK.search(value):
        return None
    for rule in RULES:
        if any(mark in value for mark in rule.marks):
            for match in rule.pattern.finditer(value):
                if is_credential(rule, match, now):
                    return rule.name
    return None


def is_credential(rule: Rule, match: re.Match[str], now: float) -> bool:
    """Tell whether what a rule's pattern has matched looks real.

    Args:
        rule: One of the `RULES`.
        match: Of its pattern.
        now: Seconds since the epoch.
    """
    return rule.check(match, now) and not _is_documented(match[0])


def _is_documented(text: str) -> bool:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:12] in _DOCUMENTED
