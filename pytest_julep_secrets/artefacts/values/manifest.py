"""The manifest of a test run: its made-up values with their names, for a later scan.

    {"pytest-julep-secrets manifest": 1, "secrets": [
    {"name": "stripe_api_key", "value": "sk-fake-1f9c27d4"}
    ]}

One JSON document, a secret a line, written in one way only: so a file is told by its first bytes,
and that nothing else is in it line by line.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from pytest_julep_secrets.artefacts.values import Values
from pytest_julep_secrets.errors import ConfigurationError

_KEY: Final = "pytest-julep-secrets manifest"
_FIRST: Final = b'{"%b": 1, "secrets": [\n' % _KEY.encode()
_LAST: Final = b"]}\n"
# Longer lines belong to something else, that nobody wants in memory.
_LONGEST_LINE: Final = 16 << 20
_ADVICE: Final = "Write one with pytest --julep-secrets-manifest FILE."


def write(path: Path, secrets: Iterable[tuple[str, str]]) -> None:
    """Write a manifest, whole or not at all; nobody but its owner ever can read it.

    Args:
        path: Where; what is there is replaced.
        secrets: Names and values.

    Raises:
        OSError: If it cannot be written.
    """
    # Made anew, with mode 0600.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(_lines(secrets))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _lines(secrets: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    yield _FIRST
    separator = b""
    for name, value in secrets:
        yield separator + _line(name, value)
        separator = b",\n"
    yield (b"\n" if separator else b"") + _LAST


def _line(name: str, value: str) -> bytes:
    # ASCII, so that half a surrogate pair survives.
    return json.dumps({"name": name, "value": value}).encode("ascii")


def is_manifest(start: bytes) -> bool:
    """Tell by a file's first bytes, 64 at least, whether it may be a manifest."""
    return start.startswith(_FIRST)


def is_whole_manifest(file: BinaryIO) -> bool:
    """Tell whether a file is a manifest and nothing else, so that a scan may leave it out.

    Args:
        file: Open at any place; afterwards at its start.
    """
    file.seek(0)
    try:
        return file.readline(len(_FIRST)) == _FIRST and _ends_as_one(file)
    finally:
        file.seek(0)


def _ends_as_one(file: BinaryIO) -> bool:
    line = file.readline(_LONGEST_LINE)
    while line.endswith(b",\n") and _is_secret(line[:-2]):
        line = file.readline(_LONGEST_LINE)
        if line == _LAST:
            # Behind a comma.
            return False
    if _is_secret(line[:-1]):
        line = file.readline(_LONGEST_LINE)
    return line == _LAST and not file.read(1)


def _is_secret(line: bytes) -> bool:
    """Tell whether a line is as this module writes it, so that it cannot hide anything."""
    try:
        secret = json.loads(line)
        return _line(secret["name"], secret["value"]) == line and _are_texts(secret)
    except (ValueError, LookupError, TypeError, RecursionError):
        return False


def _are_texts(secret: dict[str, Any]) -> bool:
    return isinstance(secret["name"], str) and isinstance(secret["value"], str)


def read(path: Path) -> Values:
    """Read a manifest.

    Raises:
        ConfigurationError: If there is none, or it is not one that this version knows.
    """
    shown = f"The manifest '{path}'"
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"{shown} cannot be read: {error.strerror}.\n{_ADVICE}") from None
    except (ValueError, RecursionError):
        raise ConfigurationError(f"{shown} is none: it is not JSON.\n{_ADVICE}") from None
    return from_document(document, shown)


def claims_to_be(document: object) -> bool:
    """Tell whether a JSON document says that it is a manifest."""
    return isinstance(document, dict) and _KEY in document


def from_document(document: object, shown: str) -> Values:
    """Take the values out of a JSON document.

    Args:
        document: As parsed.
        shown: What to call it in a message: "The manifest 'run.json'".

    Raises:
        ConfigurationError: If it is no manifest.
    """
    if not isinstance(document, dict) or _KEY not in document:
        raise ConfigurationError(f"{shown} is none: it does not say so.\n{_ADVICE}")
    if document[_KEY] != 1:
        raise ConfigurationError(
            f"{shown} is not of version 1, the one that is known here.\n"
            "Use the same version of pytest-julep-secrets as the test run."
        )
    try:
        pairs = [(secret["name"], secret["value"]) for secret in document["secrets"]]
    except (LookupError, TypeError):
        pairs = [(None, None)]
    if not all(isinstance(text, str) for pair in pairs for text in pair):
        raise ConfigurationError(
            f"{shown} is damaged: its secrets are not names and values.\n{_ADVICE}"
        )
    notes = () if pairs else (f"{shown} holds no value: the run has used no fake.",)
    return Values(tuple(pairs), notes)
