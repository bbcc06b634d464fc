"""Reports in JSON: pytest-reportlog's, one a line, and pytest-json-report's.

Both say `"nodeid"` in the object that has all of a test, or of what was collected.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pytest_julep_secrets.artefacts.origins.json_objects import named_objects
from pytest_julep_secrets.artefacts.origins.json_tokens import PLAIN, tokens
from pytest_julep_secrets.artefacts.origins.span import Span, chunks


def spans(file: BinaryIO) -> Iterator[Span]:
    """Give each object that has a "nodeid"."""
    return named_objects(tokens(chunks(file), PLAIN))
