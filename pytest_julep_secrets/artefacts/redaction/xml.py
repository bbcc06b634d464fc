"""Whether XML is well-formed."""

from __future__ import annotations

from enum import Enum
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from pytest_julep_secrets.artefacts.redaction.streams import parts


class Form(Enum):
    """What a text is, as XML."""

    WELL_FORMED = "well-formed"
    BROKEN = "broken"
    DECLARED = "declared"
    """Has a DOCTYPE, and is read no further: what it declares may grow without bounds."""


class _DeclaredError(Exception):
    pass


def form_of(file: BinaryIO, encoding: str | None = None) -> Form:
    """Read XML, with namespaces.

    Args:
        file: The text.
        encoding: None: as the text itself says.
    """
    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _declared
    try:
        for part in parts(file):
            parser.Parse(part, False)
        parser.Parse(b"", True)
    except _DeclaredError:
        return Form.DECLARED
    except (expat.ExpatError, LookupError, ValueError):
        return Form.BROKEN
    return Form.WELL_FORMED


def _declared(*_: object) -> NoReturn:
    raise _DeclaredError
