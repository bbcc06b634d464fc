"""Values in a text: dotenv, JSON or TOML."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, Final

from pytest_julep_secrets import dotenv
from pytest_julep_secrets.artefacts.values import Given, Values, manifest, usable
from pytest_julep_secrets.artefacts.values.flatten import Table, flatten
from pytest_julep_secrets.errors import ConfigurationError

_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
# Of a table, as TOML may begin.
_HEADER: Final = re.compile(r"\s*\[\[?\s*[A-Za-z_]")
# What tomllib says behind what it may quote.
_PLACE: Final = re.compile(r"\(at (line \d+, column \d+|end of document)\)$")
_FORMATS: Final = "Write NAME=value, one a line, or JSON in a .json file, or TOML in a .toml file."


def from_text(text: str, name: str, where: str) -> Values:
    """Take the values out of a text.

    Args:
        text: Without a byte order mark.
        name: Of the file; its suffix says what it is: .json, .toml, .env. Else the text does.
        where: What to call it as a sentence begins: "The file 'values.json'".

    Raises:
        ConfigurationError: If it is not what it should be.
    """
    kind = _kind(name) or _looks_like(text)
    if kind == "dotenv":
        return usable(_dotenv(text, where), where)
    document = _json(text, where) if kind == "json" else _toml(text, where)
    claimed = dict(document) if isinstance(document, Table) else document
    if manifest.claims_to_be(claimed):
        return manifest.from_document(json.loads(text), where)
    return usable(flatten(document), where)


def _kind(name: str) -> str:
    path = PurePath(name)
    if path.suffix == ".env" or path.name == ".env" or path.name.startswith(".env."):
        return "dotenv"
    return {".json": "json", ".toml": "toml"}.get(path.suffix, "")


def _looks_like(text: str) -> str:
    if _HEADER.match(text) or _is_toml(text):
        return "toml"
    return "json" if text.lstrip()[:1] in {"{", "["} else "dotenv"


def _is_toml(text: str) -> bool:
    """Tell whether a text is TOML, and not a dotenv file that only has numbers in it."""
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return any(isinstance(value, str | list | dict) for value in document.values())


def _json(text: str, where: str) -> object:
    try:
        return json.loads(
            text,
            object_pairs_hook=Table,
            # Which number does not matter, and long ones cannot be read.
            parse_int=_number,
            parse_float=_number,
        )
    except json.JSONDecodeError as error:
        # Not the error's own text, which may quote the line.
        raise _broken(where, "JSON", f"line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise _broken(where, "JSON that can be read", "nested too deeply") from None


def _number(_: str) -> int:
    return 0


def _toml(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        place = _PLACE.search(str(error))
        raise _broken(where, "TOML", place[1] if place else "somewhere") from None


def _dotenv(text: str, where: str) -> Iterator[Given]:
    bad: list[int] = []
    for entry in dotenv.entries(text, bad.append):
        # A value without a name looks like a name without a value.
        if entry.value_at < 0 or not _VARIABLE.fullmatch(entry.name) or entry.value[:1] == "=":
            bad.append(entry.name_at)
        if bad:
            break
        shown = "" if entry.decoded.strip() else f"line {_line(text, entry.name_at)}"
        yield Given(entry.name, entry.decoded, shown)
    if bad:
        raise ConfigurationError(
            f"{where} cannot be used: line {_line(text, min(bad))} is not NAME=value.\n{_FORMATS}"
        )


def _line(text: str, at: int) -> int:
    before = text[:at].replace("\r\n", "\n")
    return before.count("\n") + before.count("\r") + 1


def _broken(where: str, kind: str, place: str) -> ConfigurationError:
    return ConfigurationError(f"{where} is not {kind} ({place}).\nCorrect it there.")
