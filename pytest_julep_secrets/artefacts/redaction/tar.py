"""Tar archives: the members that hold values anew, every other byte as it was."""

from __future__ import annotations

import tarfile
from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.redaction.compressed import Content
from pytest_julep_secrets.artefacts.redaction.job import Job
from pytest_julep_secrets.artefacts.redaction.refusal import RefusedError
from pytest_julep_secrets.artefacts.redaction.streams import copy_range, reader, scratch

_BLOCK: Final = 512
_SIZE: Final = slice(124, 136)
_SUM: Final = slice(148, 156)


def redacted(file: BinaryIO, job: Job, content: Content) -> BinaryIO | None:
    """Replace what is in the members. Of their headers only the size changes.

    Raises:
        RefusedError: If a name holds a value, or the archive is damaged.
    """
    target = scratch()
    done = 0
    try:
        with tarfile.open(fileobj=reader(file), mode="r:") as archive:
            for info in archive:
                _check_header(file, info, job)
                new = content(_member(file, info)) if info.isreg() else None
                if new is not None:
                    header = _header(file, info, new.seek(0, 2))
                    copy_range(file, target, done, info.offset_data - _BLOCK)
                    target.write(header)
                    copy_range(new, target, 0)
                    target.write(b"\0" * (-new.seek(0, 2) % _BLOCK))
                    done = info.offset_data + info.size + -info.size % _BLOCK
    except tarfile.TarError:
        raise RefusedError("The tar archive is damaged.") from None
    if not done:
        return None
    copy_range(file, target, done)
    return target


def _check_header(file: BinaryIO, info: tarfile.TarInfo, job: Job) -> None:
    file.seek(info.offset)
    header = file.read(info.offset_data - info.offset)
    if job.is_in([header]):
        raise RefusedError("A value is in the name of a member of a tar archive.")


def _member(file: BinaryIO, info: tarfile.TarInfo) -> BinaryIO:
    member = scratch()
    copy_range(file, member, info.offset_data, info.offset_data + info.size)
    return member


def _header(file: BinaryIO, info: tarfile.TarInfo, size: int) -> bytes:
    if info.issparse() or "size" in info.pax_headers:
        raise RefusedError("A value is in a sparse or very large member of a tar archive.")
    file.seek(info.offset_data - _BLOCK)
    header = bytearray(file.read(_BLOCK))
    header[_SIZE] = b"%011o\0" % size
    header[_SUM] = b" " * 8
    header[_SUM] = b"%06o\0 " % sum(header)
    return bytes(header)
