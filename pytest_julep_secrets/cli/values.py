"""The options that say what to look for: shared by `scan` and `redact`. Never a value itself."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from pytest_julep_secrets.errors import ConfigurationError

if TYPE_CHECKING:
    from pytest_julep_secrets.artefacts.values import Values

_STDIN: Final = "-"


def add_to(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """Add the options to a command, and return their group, for more."""
    group = parser.add_argument_group(
        "what to look for", "Give at least one; all add up. A value itself is never an argument."
    )
    group.add_argument(
        "--env",
        action="append",
        default=[],
        metavar="NAME",
        help="the value of an environment variable, or of those that a glob such as 'JULEP_*' "
        "names; repeatable",
    )
    group.add_argument(
        "--values",
        action="append",
        default=[],
        metavar="FILE",
        help="all values in a dotenv, JSON or TOML file; - for standard input; repeatable",
    )
    group.add_argument(
        "--manifest",
        action="append",
        default=[],
        metavar="FILE",
        help="what a test run has made up, as written by pytest --julep-secrets-manifest=FILE; "
        "repeatable",
    )
    return group


def stdin() -> BinaryIO:
    """Return standard input; an empty one where there is none, as in some daemons."""
    return sys.stdin.buffer if sys.stdin is not None else io.BytesIO()


def read(options: argparse.Namespace, stdin: BinaryIO, environ: Mapping[str, str]) -> Values:
    """Read all values that the options name.

    Args:
        options: As parsed.
        stdin: Standard input, as bytes.
        environ: The environment.

    Raises:
        ConfigurationError: If one of them cannot be read.
    """
    # Here, so that --version does without.
    from pytest_julep_secrets.artefacts.values import manifest, merge
    from pytest_julep_secrets.artefacts.values.files import from_file, from_stream
    from pytest_julep_secrets.artefacts.values.variables import from_environment

    if options.values.count(_STDIN) > 1:
        raise ConfigurationError(
            "Standard input can be read only once.\nGive --values - a single time."
        )
    sources = [
        from_environment(options.env, environ),
        *(
            from_stream(stdin) if one == _STDIN else from_file(_path("--values", one, environ))
            for one in options.values
        ),
        *(manifest.read(_path("--manifest", one, environ)) for one in options.manifest),
    ]
    return merge(sources)


def _path(option: str, given: str, environ: Mapping[str, str]) -> Path:
    """Return a path; not if it may be a value, as of --values "$NAME"."""
    holders = [name for name, value in environ.items() if value == given]
    # Unlike a path's own method, this takes names that no file can have.
    if holders and not os.path.exists(given):  # noqa: PTH110
        raise ConfigurationError(
            f"There is no file of the name that {holders[0]} holds, which {option} was given.\n"
            f"If its value is what to look for, write --env {holders[0]}."
        )
    return Path(given)
