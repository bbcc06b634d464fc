"""Secrets that are there before a test starts: a mapping, or a TOML or JSON file of one.

{"stripe_api_key": "sk-fake-1", "db": {"value": "fake", "metadata": {"team": "pay"}}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

from pytest_julep_secrets.errors import ConfigurationError

Seed = Mapping[str, str | Mapping[str, Any]]

_KEYS: Final = ("value", "description", "metadata")


def read_seed(seed: object, where: str) -> dict[str, dict[str, Any]]:
    """Check a seed and return the keyword arguments of `create` for each name.

    Args:
        seed: Names mapped to values, or to mappings with `value` and perhaps `description`
            and `metadata`.
        where: What to call the seed in a message, such as "The marker's seed".

    Raises:
        ConfigurationError: If it is anything else; the text holds no value.
    """
    if not isinstance(seed, Mapping):
        kind = type(seed).__name__
        raise ConfigurationError(
            f"{where} is a {kind}; it has to be a mapping of names to values.\n"
            'Write it like this: {"stripe_api_key": "sk-fake-1"}'
        )
    return {name: _read_secret(name, given, where) for name, given in seed.items()}


def _read_secret(name: object, given: object, where: str) -> dict[str, Any]:
    if not isinstance(name, str):
        kind = type(name).__name__
        raise ConfigurationError(
            f"{where} has a name that is a {kind}; names have to be strings."
            '\nWrite it like this: {"stripe_api_key": "sk-fake-1"}'
        )
    if isinstance(given, str):
        return {"name": name, "value": given}
    if not isinstance(given, Mapping):
        kind = type(given).__name__
        raise ConfigurationError(
            f"{where} gives '{name}' a {kind}; it has to be a string, or a mapping with 'value'."
            f'\nWrite it like this: {{"{name}": "sk-fake-1"}}'
        )
    unknown = [str(key) for key in given if key not in _KEYS]
    if unknown or "value" not in given:
        wrong = f"the unknown key '{unknown[0]}'" if unknown else "no 'value'"
        raise ConfigurationError(
            f"{where} gives '{name}' {wrong}.\n"
            f"Known keys: {', '.join(_KEYS)}; only 'value' is required."
        )
    return {"name": name, **cast("dict[str, Any]", given)}


def load_seed(path: Path, named_by: str = "julep_secrets_seed") -> Seed:
    """Read and check a seed file by its ending, `.toml` or `.json`.

    Args:
        path: Where it is.
        named_by: The option that says so.

    Raises:
        ConfigurationError: If it is missing, has another ending or cannot be read.
    """
    where = f"The seed file '{path.name}'"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise ConfigurationError(
            f"{where} cannot be read: {reason}.\nThe path is '{path}'; check {named_by}."
        ) from None
    seed = _parse(path, text, where, named_by)
    read_seed(seed, where)
    return cast("Seed", seed)


def _parse(path: Path, text: str, where: str, named_by: str) -> object:
    try:
        return _parsed(path, text, where, named_by)
    except (ValueError, RecursionError):
        raise ConfigurationError(
            f"{where} has a number that is too long, or nests too deep.\nCheck '{path}'."
        ) from None


def _parsed(path: Path, text: str, where: str, named_by: str) -> object:
    if path.suffix == ".json":
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            # Not the error's own text, which may quote the line.
            raise ConfigurationError(
                f"{where} is not JSON (line {error.lineno}, column {error.colno}).\nCheck '{path}'."
            ) from None
    if path.suffix == ".toml":
        import tomllib  # noqa: PLC0415 - only where a seed file asks for it

        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            place = str(error).rpartition("(")[2].rstrip(")")
            raise ConfigurationError(f"{where} is not TOML ({place}).\nCheck '{path}'.") from None
    raise ConfigurationError(
        f"{where} ends in neither .toml nor .json.\nRename it, or check {named_by}."
    )
