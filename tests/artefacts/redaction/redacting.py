"""What the tests of this folder share: values, texts that hold them, one call."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pytest_julep_secrets.artefacts.redaction.places import InPlace, Place
from pytest_julep_secrets.artefacts.redaction.run import Outcome, redact
from pytest_julep_secrets.leaks.chunks import find_in
from pytest_julep_secrets.leaks.watch import Watch

VALUE: Final = 'sk-fake-1f9c27d4-"Zq7"&Ca<Nx'
OTHER: Final = "db-pass-fake-77aa88bb"
KEY: Final = b"REDACTED:stripe_key"

# By what a text in JSON, XML or HTML may hold a value as; all fit between quotes there.
FORMS: Final[dict[str, Callable[[str], str]]] = {
    "JSON": lambda value: json.dumps(value)[1:-1],
    "all escaped": lambda value: "".join(f"\\u{ord(one):04x}" for one in value),
    "HTML": html.escape,
    "references": lambda value: "".join(f"&#{ord(one)};" for one in value),
    "base64": lambda value: base64.b64encode(value.encode()).decode(),
    "hex": lambda value: value.encode().hex(),
    "listed bytes": lambda value: str(list(value.encode())),
    "listed characters": lambda value: html.escape(str(list(value.replace('"', "")))),
}


def watched() -> Watch:
    made = Watch()
    made.add("stripe_key", VALUE, "test")
    made.add("listed", VALUE.replace('"', ""), "test")
    made.add("db_password", OTHER, "test")
    return made


def run(*paths: Path, place: Place | None = None, watch: Watch | None = None) -> list[Outcome]:
    return list(redact(paths, watch or watched(), place or InPlace()))


def redacted(path: Path) -> bytes:
    """Redact a file that can be, twice, and return what is in it."""
    (outcome,) = run(path)
    assert outcome.refused == ""
    assert outcome.replaced
    data, status = path.read_bytes(), path.stat()
    assert list(find_in([data], watched())) == []
    assert [one.replaced for one in run(path)] == [{}]
    assert (path.read_bytes(), path.stat()) == (data, status)
    return data


def refusal(path: Path) -> str:
    """Redact a file that cannot be, and return why."""
    before = path.read_bytes()
    (outcome,) = run(path)
    assert not outcome.replaced or outcome.refused
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir() if one.suffix == ".tmp"] == []
    return outcome.refused
