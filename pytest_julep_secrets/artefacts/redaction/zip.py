"""Zip archives: the members that hold values anew, all else as it was."""

from __future__ import annotations

import copy
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.redaction.compressed import Content
from pytest_julep_secrets.artefacts.redaction.job import Job
from pytest_julep_secrets.artefacts.redaction.refusal import RefusedError
from pytest_julep_secrets.artefacts.redaction.streams import copied, parts, reader, scratch

_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_SIGNED: Final = re.compile(
    r"META-INF/[^/]+\.(?:SF|RSA|DSA|EC)|[^/]+\.dist-info/RECORD", re.IGNORECASE
)
_BLOCK: Final = b"APK Sig Block 42"
_ENCRYPTED: Final = 1
_LINK: Final = 0o120000
_ZIP64: Final = 1
_LARGE: Final = 1 << 30


def redacted(file: BinaryIO, job: Job, content: Content) -> BinaryIO | None:
    """Replace what is in the members. Their order, times, modes, methods and comments stay.

    Raises:
        RefusedError: If it is signed, encrypted or damaged.
    """
    try:
        with zipfile.ZipFile(reader(file)) as archive:
            news = _news(archive, job, content)
            if not news:
                return None
            if _is_signed(file, archive):
                raise RefusedError("It is signed, and its checksums would not fit any more.")
            return _written(archive, news)
    except _BROKEN:
        raise RefusedError("The zip archive is damaged, or packed in an unknown way.") from None


def _is_signed(file: BinaryIO, archive: zipfile.ZipFile) -> bool:
    # Where Android has its signatures.
    file.seek(max(archive.start_dir - len(_BLOCK), 0))
    return file.read(len(_BLOCK)) == _BLOCK or any(
        _SIGNED.fullmatch(info.filename) for info in archive.infolist()
    )


def _news(archive: zipfile.ZipFile, job: Job, content: Content) -> dict[int, BinaryIO]:
    """Give the members that are to be replaced, by where they stand."""
    infos = archive.infolist()
    if min((info.header_offset for info in infos), default=0):
        raise RefusedError("There is something else before the zip archive.")
    if job.is_in(_names(archive)):
        raise RefusedError("A value is in a name or comment of a zip archive.")
    news: dict[int, BinaryIO] = {}
    for number, info in enumerate(infos):
        if info.flag_bits & _ENCRYPTED:
            raise RefusedError("It is encrypted.")
        if info.is_dir() or (info.external_attr >> 16) & 0o170000 == _LINK:
            continue
        with archive.open(info) as member:
            new = content(copied(member))  # type: ignore[arg-type]
        if new is not None:
            news[number] = new
    return news


def _names(archive: zipfile.ZipFile) -> Iterator[bytes]:
    yield archive.comment + b"\n"
    for info in archive.infolist():
        name = info.orig_filename.encode("utf-8", "surrogatepass")
        yield b"\n".join((name, info.comment, info.extra, b""))


def _written(archive: zipfile.ZipFile, news: dict[int, BinaryIO]) -> BinaryIO:
    target = scratch()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as new:
        # Of names that are there twice.
        warnings.simplefilter("ignore")
        new.comment = archive.comment
        for number, info in enumerate(archive.infolist()):
            made = copy.copy(info)
            made.extra = b"".join(_extra_fields(info.extra))
            size = news[number].seek(0, 2) if number in news else info.file_size
            with new.open(made, "w", force_zip64=size > _LARGE) as member:
                for part in _of(archive, info, news.get(number)):
                    member.write(part)
            # What was nothing has become a mode.
            made.external_attr = info.external_attr
    return target


def _of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, new: BinaryIO | None) -> Iterator[bytes]:
    if new is not None:
        yield from parts(new)
        return
    with archive.open(info) as member:
        while part := member.read(1 << 18):
            yield part


def _extra_fields(extra: bytes) -> Iterator[bytes]:
    """Give the extra fields but for the sizes, which are written anew."""
    while len(extra) >= 4:
        kind, length = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind != _ZIP64:
            yield extra[: 4 + length]
        extra = extra[4 + length :]
