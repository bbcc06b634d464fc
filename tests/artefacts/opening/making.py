"""Archives of bytes, and what comes out of files again."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pytest_julep_secrets.artefacts.artefact import Problem, UnreadableError
from pytest_julep_secrets.artefacts.opening import artefacts
from pytest_julep_secrets.artefacts.opening.limits import Limits


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def tarred(files: Mapping[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


@contextmanager
def forbidden(path: Path) -> Iterator[None]:
    """Let a path be one that may not be read, also for root."""
    mode, is_root = path.stat().st_mode, os.geteuid() == 0
    path.chmod(0)
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        path.chmod(mode)


class Opened:
    """All that some paths lead to, read to its end in small steps.

    Attributes:
        files: What each path gave, in order: as it is, and unpacked, if both were given.
        names: The names in folders and archives.
        problems: What was told, by path; also by reading.
    """

    def __init__(self, *paths: Path, limits: Limits | None = None, exclude: Iterable[str] = ()):
        self.files: dict[str, list[bytes]] = {}
        self.names: dict[str, bytes] = {}
        self.problems: list[Problem] = []
        for artefact in artefacts(paths, self.problems.append, limits or Limits(), exclude):
            parts = []
            try:
                while part := artefact.file.read(50_000):
                    parts.append(part)
            except UnreadableError as error:
                self.problems.append(Problem(artefact.path, error.reason))
            content = b"".join(parts)
            if artefact.is_names:
                self.names[artefact.path] = content
            else:
                self.files.setdefault(artefact.path, []).append(content)

    def within(self, folder: Path) -> dict[str, list[bytes]]:
        """Give the files by paths in a folder."""
        return {
            path.removeprefix(folder.as_posix()).removeprefix("/"): contents
            for path, contents in self.files.items()
        }

    @property
    def reason(self) -> str:
        """The reason of the only problem."""
        (problem,) = self.problems
        return problem.reason


def opened(folder: Path, content: bytes, limits: Limits | None = None) -> Opened:
    """Open a file "a" of a folder."""
    path = folder / "a"
    path.write_bytes(content)
    return Opened(path, limits=limits)
