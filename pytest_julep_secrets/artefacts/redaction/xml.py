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
        told, waiting, size = 0, list[bytes](), 0
        for part in parts(file):
            waiting.append(part)
            size += len(part)
            # Expat before 2.6 reads what is not at its end yet from its start, each time.
            if size >= told - parser.CurrentByteIndex:
                parser.Parse(b"".join(waiting), False)
                told, waiting, size = told + size, [], 0
        parser.Parse(b"".join(waiting), True)
    except _DeclaredError:
        return Form.DECLARED
    except (expat.ExpatError, LookupError, ValueError):
        return Form.BROKEN
    return Form.WELL_FORMED


def _declared(*_: object) -> NoReturn:
    raise _DeclaredError
