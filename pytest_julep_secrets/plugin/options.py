"""The marker and the ini options as pytest is told of them. `settings` reads them for a test.

Apart, because every run of pytest loads this and few need the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final, Literal

    import pytest

MARKER: Final = "julep_secrets"

_MARKER_HELP: Final = (
    "julep_secrets(seed, /, *, api_key=None, developer=None, exact_headers=False): "
    "set up mock_secrets for a test. seed: names mapped to values, or to mappings with value, "
    "description, metadata; those of a test, its class and its module add up. api_key: the only "
    "key accepted. developer: a UUID; the server is then a multi-tenant one and requests are "
    "this developer's. exact_headers: no retry-after-ms, so that the SDK's retries really wait."
)

_INI: Final[tuple[tuple[str, Literal["string", "linelist"], str], ...]] = (
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


def declare_ini(parser: pytest.Parser) -> None:
    """Tell pytest the names of the ini options."""
    for name, kind, text in _INI:
        parser.addini(name, text, type=kind)


def declare_marker(config: pytest.Config) -> None:
    """Tell pytest the marker."""
    config.addinivalue_line("markers", _MARKER_HELP)
