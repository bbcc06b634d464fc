"""Values out of files, and out of standard input."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.values import Values
from pytest_julep_secrets.artefacts.values.formats import from_text
from pytest_julep_secrets.errors import ConfigurationError

# Thousands of private keys fit; what is longer was meant to be searched.
_LARGEST: Final = 8 << 20

_STDIN: Final = "Standard input"


def from_file(path: Path) -> Values:
    """Take the values out of a dotenv, JSON or TOML file, or a manifest.

    Raises:
        ConfigurationError: If it cannot be read, or is none of these.
    """
    where = f"The file '{path}'"
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name is possible"
        raise ConfigurationError(
            f"{where} cannot be read: {reason}.\n"
            "Give --values a dotenv, JSON or TOML file, or - for standard input."
        ) from None
    return from_text(_decoded(data, where), path.name, where)


def from_stream(stream: BinaryIO) -> Values:
    """Take the values out of standard input, in any of those formats.

    Raises:
        ConfigurationError: As above.
    """
    try:
        data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise ConfigurationError(
            f"{_STDIN} cannot be read: {error.strerror}.\nGive names and values, one a line."
        ) from None
    return from_text(_decoded(data, _STDIN), "", _STDIN)


def _decoded(data: bytes, where: str) -> str:
    if len(data) > _LARGEST:
        raise ConfigurationError(
            f"{where} has more than {_LARGEST >> 20} MB, which no list of values has.\n"
            "Give what to search as a PATH, and --values a file of names and values."
        )
    # Windows' PowerShell writes it.
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigurationError(
            f"{where} is not UTF-8, nor UTF-16 with a byte order mark.\nSave it as UTF-8."
        ) from None
