"""From what a file is to how it is rewritten."""

from __future__ import annotations

from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.opening.kinds import HEAD, Kind, kind_of
from pytest_julep_secrets.artefacts.redaction import compressed, tar, text, wide
from pytest_julep_secrets.artefacts.redaction import zip as zips
from pytest_julep_secrets.artefacts.redaction.job import Job

_UNPACK: Final = "Unpack it, or leave it out of what you upload."
_NOTHING: Final[frozenset[str]] = frozenset()


def redacted(file: BinaryIO, job: Job, within: frozenset[str] = _NOTHING) -> BinaryIO | None:
    """Replace the values in a file, or in what it holds.

    Args:
        file: Seekable; stays as it is.
        job: Is told of what was replaced, and of what was left.
        within: What it is in: "an archive", "compressed data".

    Returns:
        A new file, or None if nothing is to be replaced or it was left.

    Raises:
        RefusedError: If it holds a value and cannot be rewritten.
    """
    file.seek(0)
    kind = kind_of(file.read(HEAD))
    if kind.is_archive:
        if "an archive" in within:
            job.left = "A value is in an archive in an archive, which is not rewritten."
            job.advice = _UNPACK
            return None
        inside = within | {"an archive"}
        rewrite = zips.redacted if kind is Kind.ZIP else tar.redacted
        return rewrite(file, job, lambda member: redacted(member, job, inside))
    if kind in compressed.KINDS:
        if "compressed data" in within:
            job.left = "A value is in data that is compressed twice, which is not rewritten."
            job.advice = _UNPACK
            return None
        inside = within | {"compressed data"}
        return compressed.redacted(file, kind, lambda inner: redacted(inner, job, inside))
    if kind is not Kind.PLAIN:
        job.left = f"A value is in {kind.value} data, which is not rewritten."
        return None
    return _text(file, job)


def _text(file: BinaryIO, job: Job) -> BinaryIO | None:
    file.seek(0)
    encoding = wide.encoding_of(file.read(HEAD))
    return wide.redacted(file, encoding, job) if encoding else text.redacted(file, job)
