"""The marker, the options and the ini options as pytest is told of them. `settings` reads them.

Apart, because every run of pytest loads this and few need the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from typing import Final, Literal

MARKER: Final = "julep_secrets"
LIVE: Final = "julep_live"

DOCUMENTED: Final = "julep_secrets_documented_api"

# The ini options that are exemptions.
EXEMPTIONS: Final = ("julep_secrets_allow_names", "julep_secrets_ignore_loggers", DOCUMENTED)

# A line a keyword, as `pytest --markers` does not wrap.
_MARKER_HELP: Final = """\
julep_secrets(seed, /, **keywords): set up mock_secrets and the checks of a test, class or module.
    seed            secrets to begin with: names mapped to values, or to mappings with value,
                    description and metadata; those of a test, its class and its module add up
    allow_names     names to let in although they look like production, or break naming
    allow_leaks     names of secrets whose values may show in this test
    api_key         the only API key accepted; default: any is, and none
    developer       a UUID: the server is for many developers, and requests are this one's
    exact_headers   True: the SDK's retries really wait; default: the fake tells it not to
    id_seed         a number from which the ids of secrets follow, so that they stay the same
    documented_api  True: calls exist that only Julep's documentation has, such as secrets.get
    names, naming, credentials, hosts, environment, leaks, blind
                    how to take this check: "error", "warn" or "off"
    Example: @pytest.mark.julep_secrets({"stripe_key": "sk-fake-1"}, leaks="warn")"""

_LIVE_HELP: Final = (
    "julep_live: this test means to reach a real Julep server: hosts are reached, and real keys "
    "stay in the environment. Select such tests with -m julep_live."
)

# The group of what only these tests ask.
_CONTRACT: Final = "julep secrets (pytest --pyargs pytest_julep_secrets.contract)"

_INI: Final[tuple[tuple[str, Literal["string", "linelist", "bool"], str], ...]] = (
    (
        "julep_secrets",
        "linelist",
        "how to take checks: CHECK=LEVEL, as for --julep-secrets, one a line",
    ),
    (
        "julep_secrets_allow_names",
        "linelist",
        "names to let in although they look like production, or break naming, one a line",
    ),
    (
        "julep_secrets_name_patterns",
        "linelist",
        "what else a production name looks like: regular expressions, one a line",
    ),
    (
        "julep_secrets_allow_hosts",
        "linelist",
        "the only hosts to reach beside this machine (*.example.com, 10.0.0.0/8), one a line",
    ),
    (
        "julep_secrets_ignore_loggers",
        "linelist",
        "loggers whose lines are no leak (julep._base_client), with those below, one a line",
    ),
    (
        "julep_secrets_watch_env",
        "linelist",
        "variables, or .env:NAME of a file, whose values no test may show; * matches, one a line",
    ),
    (
        "julep_secrets_replace_env",
        "linelist",
        "variables that hold real keys, beside JULEP_API_KEY; * matches anything, one a line",
    ),
    (
        "julep_secrets_seed",
        "string",
        "a TOML or JSON file that every mock_secrets begins with, relative to the ini file",
    ),
    (
        "julep_secrets_base_urls",
        "linelist",
        "URLs of your Julep API, beside the SDK's own and JULEP_BASE_URL, one a line",
    ),
    (
        DOCUMENTED,
        "bool",
        "true lets exist what only the documentation of Julep has: secrets.get, julep.exceptions",
    ),
)


def declare_options(parser: pytest.Parser) -> None:
    """Tell pytest the options and the ini options."""
    _declare_checks(parser.getgroup("julep secrets", "julep secrets (checks)"))
    _declare_files(parser.getgroup("julep secrets files", "julep secrets (what a run leaves)"))
    _declare_target(parser.getgroup("julep secrets contract", _CONTRACT))
    for name, kind, text in _INI:
        parser.addini(name, text, type=kind)


def _declare_checks(group: pytest.OptionGroup) -> None:
    group.addoption(
        "--julep-secrets",
        action="append",
        default=[],
        metavar="CHECK=LEVEL",
        help="how to take a check: names, naming, credentials, hosts, environment, leaks or blind, "
        "as error, warn or off; such as leaks=warn; repeatable",
    )
    group.addoption(
        "--julep-secrets-strict",
        action="store_true",
        help="ignore every exemption: allow_names and allow_leaks of markers, "
        "julep_secrets_allow_names, julep_secrets_ignore_loggers, documented_api",
    )
    group.addoption(
        "--julep-secrets-live",
        action="store_true",
        help="let the whole run reach a real server, as @pytest.mark.julep_live does a test: hosts "
        "are reached, and real keys stay in the environment",
    )


def _declare_files(group: pytest.OptionGroup) -> None:
    group.addoption(
        "--julep-secrets-manifest",
        metavar="FILE",
        help="write the values that the run has made up to FILE when it ends, for julep-secrets "
        "scan and redact; only you can read it",
    )
    group.addoption(
        "--julep-secrets-scan",
        action="append",
        default=[],
        metavar="PATH",
        help="look for the run's values in a file or folder when all is written, and fail the run "
        "(status 1) if one is there; repeatable",
    )


def _declare_target(group: pytest.OptionGroup) -> None:
    group.addoption(
        "--julep-secrets-target",
        metavar="TARGET",
        help="what is held to the contract: fake, server (the fake over HTTP), or the URL of a "
        "real one, whose API key is read from JULEP_CONTRACT_KEY; default: fake",
    )
    group.addoption(
        "--julep-secrets-target-header",
        metavar="NAME[: SCHEME]",
        help="the header that carries the API key to the target, such as X-Auth-Key; default: "
        "'Authorization: Bearer'",
    )
    group.addoption(
        "--julep-secrets-target-developer",
        metavar="UUID",
        help="whose secrets, at a target for many developers",
    )


def declare_marker(config: pytest.Config) -> None:
    """Tell pytest the markers."""
    config.addinivalue_line("markers", _MARKER_HELP)
    config.addinivalue_line("markers", _LIVE_HELP)


def documented_everywhere(config: pytest.Config) -> bool:
    """Tell whether ini has the documented surface there; asked before the first conftest.

    Raises:
        pytest.UsageError: If what ini says is no answer.
    """
    try:
        return bool(config.getini(DOCUMENTED))
    except (TypeError, ValueError, pytest.UsageError):
        # Some versions of pytest show these as errors of its own.
        raise pytest.UsageError(
            f"The ini option {DOCUMENTED} is neither true nor false.\n"
            f"Write it like this: {DOCUMENTED} = true"
        ) from None
