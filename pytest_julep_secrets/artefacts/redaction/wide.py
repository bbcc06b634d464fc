"""Text in UTF-16 and UTF-32."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.opening import encodings
from pytest_julep_secrets.artefacts.redaction import text
from pytest_julep_secrets.artefacts.redaction.job import Job
from pytest_julep_secrets.artefacts.redaction.refusal import RefusedError
from pytest_julep_secrets.artefacts.redaction.streams import parts, scratch

# The longer ones first: the mark of UTF-16-LE begins the one of UTF-32-LE.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def encoding_of(start: bytes) -> str:
    """Return the encoding of a text by its first bytes; "" if it is another.

    One with a mark is read as one without, so that the mark stays in the text.
    """
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    return marked or encodings.encoding_of(start) or ""


def redacted(file: BinaryIO, encoding: str, job: Job) -> BinaryIO | None:
    """Replace values, as `text.redacted` does; the mark, a character like others, stays."""
    try:
        narrow = _recoded(file, encoding, "utf-8")
    except UnicodeDecodeError:
        job.left = f"It begins as {encoding.upper()} and is none."
        return None
    result = text.redacted(narrow, job, "utf-8")
    return None if result is None else _recoded(result, "utf-8", encoding)


def _recoded(file: BinaryIO, old: str, new: str) -> BinaryIO:
    target = scratch()
    decoder = codecs.getincrementaldecoder(old)("surrogatepass")
    encode: Callable[[str], bytes] = lambda one: one.encode(new, "surrogatepass")  # noqa: E731
    try:
        for part in parts(file):
            target.write(encode(decoder.decode(part)))
        target.write(encode(decoder.decode(b"", final=True)))
    except UnicodeEncodeError:
        raise RefusedError(f"It cannot be written as {new.upper()} again.") from None
    return target
