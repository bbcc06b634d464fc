"""The marker, the options and the ini options as pytest is told of them. `settings` reads them.

Apart, because every run of pytest loads this and few need the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final, Literal

    import pytest

MARKER: Final = "julep_secrets"
LIVE: Final = "julep_live"

# The ini options that are exemptions.
EXEMPTIONS: Final = ("julep_secrets_allow_names", "julep_secrets_ignore_loggers")

_MARKER_HELP: Final = (
    "julep_secrets(seed, /, *, allow_names=(), allow_leaks=(), api_key=None, developer=None, "
    "exact_headers=False, id_seed=None, CHECK=LEVEL): "
    "set up mock_secrets for a test. seed: names mapped to values, or to mappings with value, "
    "description, metadata; those of a test, its class and its module add up. allow_names: names "
    "to let in although they look like production, or break naming. allow_leaks: names of secrets "
    "whose values may show in this test. api_key: the only key accepted. developer: a "
    "UUID; the server is then a multi-tenant one and requests are this developer's. "
    "exact_headers: no retry-after-ms, so that the SDK's retries really wait. "
    "id_seed: a number that ids follow from. CHECK, which is names, naming, credentials, "
    "hosts, environment, leaks or blind: error, warn or off."
)

_LIVE_HELP: Final = (
    "julep_live: this test means to reach a real Julep server; select such tests with -m julep_live"
)

_INI: Final[tuple[tuple[str, Literal["string", "linelist"], str], ...]] = (
    (
        "julep_secrets",
        "linelist",
        "CHECK=LEVEL, one a line, as for --julep-secrets",
    ),
    (
        "julep_secrets_allow_names",
        "linelist",
        "names of secrets to let in although they look like production, or break naming",
    ),
    (
        "julep_secrets_name_patterns",
        "linelist",
        "regular expressions for names that look like production, too; found anywhere in the name",
    ),
    (
        "julep_secrets_allow_hosts",
        "linelist",
        "hosts to reach, one a line: example.com, *.example.com, 10.0.0.0/8; refuses the others",
    ),
    (
        "julep_secrets_ignore_loggers",
        "linelist",
        "loggers whose lines are no leak, such as julep._base_client; with what is below them",
    ),
    (
        "julep_secrets_watch_env",
        "linelist",
        "environment variables, or .env:NAME, whose values must not show in any test; * matches",
    ),
    (
        "julep_secrets_replace_env",
        "linelist",
        "environment variables with real keys, beside JULEP_API_KEY; * stands for anything",
    ),
    (
        "julep_secrets_seed",
        "string",
        "TOML or JSON file of secrets that every mock_secrets starts with; beside the ini file",
    ),
    (
        "julep_secrets_base_urls",
        "linelist",
        "URLs of your Julep API, beside the SDK's own and JULEP_BASE_URL",
    ),
)


def declare_options(parser: pytest.Parser) -> None:
    """Tell pytest the options and the ini options."""
    parser.getgroup("julep secrets").addoption(
        "--julep-secrets",
        action="append",
        default=[],
        metavar="CHECK=LEVEL",
        help="how to take a check, names, naming, credentials, hosts, environment, leaks or blind: "
        "error, warn or off; repeatable",
    )
    parser.getgroup("julep secrets").addoption(
        "--julep-secrets-strict",
        action="store_true",
        help="ignore every exemption: allow_names, allow_leaks, julep_secrets_ignore_loggers",
    )
    parser.getgroup("julep secrets").addoption(
        "--julep-secrets-live",
        action="store_true",
        help="this run means to reach a real server: hosts and environment are left as they are",
    )
    parser.getgroup("julep secrets").addoption(
        "--julep-secrets-manifest",
        metavar="FILE",
        help="when the run ends, write its made-up values to FILE, for julep-secrets scan and "
        "redact; readable by you alone",
    )
    parser.getgroup("julep secrets").addoption(
        "--julep-secrets-scan",
        action="append",
        default=[],
        metavar="PATH",
        help="when all is written, look for the run's values in a file or folder, and fail the "
        "run if one is there; repeatable",
    )
    parser.getgroup("julep secrets").addoption(
        "--julep-secrets-target",
        metavar="TARGET",
        help="what pytest --pyargs pytest_julep_secrets.contract holds to the contract: fake, "
        "server (the fake's, over HTTP), or the URL of a real one, whose key is read from "
        "JULEP_CONTRACT_KEY",
    )
    parser.getgroup("julep secrets").addoption(
        "--julep-secrets-target-header",
        metavar="NAME[: SCHEME]",
        help="the header that carries the key to the target, such as X-Auth-Key; default: "
        "'Authorization: Bearer'",
    )
    parser.getgroup("julep secrets").addoption(
        "--julep-secrets-target-developer",
        metavar="UUID",
        help="whose secrets, at a target for many developers",
    )
    for name, kind, text in _INI:
        parser.addini(name, text, type=kind)


def declare_marker(config: pytest.Config) -> None:
    """Tell pytest the markers."""
    config.addinivalue_line("markers", _MARKER_HELP)
    config.addinivalue_line("markers", _LIVE_HELP)
