"""From one file to all that is in it, level by level."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, cast

from pytest_julep_secrets.artefacts.artefact import Artefact, Problem, UnreadableError
from pytest_julep_secrets.artefacts.opening.embedded import bodies, may_have_bodies
from pytest_julep_secrets.artefacts.opening.encodings import Decoded, encoding_of
from pytest_julep_secrets.artefacts.opening.given import Given
from pytest_julep_secrets.artefacts.opening.kinds import HEAD, TAIL, Kind, ends_as_zip, kind_of
from pytest_julep_secrets.artefacts.opening.layer import File, read_fully
from pytest_julep_secrets.artefacts.opening.limits import Budget, ExceededError

_NEXT: Final = "Unpack it first, or leave it out with --exclude."


class Unpacking:
    """The unpacking of one file of the disk.

    Args:
        on_problem: Is told of what cannot be unpacked.
        budget: What may be unpacked.
    """

    def __init__(self, on_problem: Callable[[Problem], object], budget: Budget) -> None:
        self._on_problem = on_problem
        self._budget = budget
        # One error comes up at each level above it; it is the same object each time.
        self._told: set[UnreadableError] = set()
        limits = budget.limits
        self._too_deep = UnreadableError(
            f"It is packed more than {limits.depth} times over. It was searched as it is, as may "
            f"be more in this file; after {limits.deep} such, the rest is not searched. {_NEXT}"
        )
        self._deep = 0

    def open(
        self, path: str, file: File, level: int = 0, *, is_text: bool = False
    ) -> Iterator[Artefact]:
        """Give what is in a file, or the file if nothing is.

        Args:
            path: As findings show it.
            file: Its bytes.
            level: How many levels of unpacking there are above it.
            is_text: Whether it is the text of compressed data.
        """
        try:
            file.seek(0)
            head = read_fully(file, HEAD)
            file.seek(0)
        except UnreadableError as error:
            self._tell(path, error)
            return
        kind = kind_of(head)
        if kind.is_archive:
            # A compressed tar archive is one level.
            above = level - 1 if is_text and kind is Kind.TAR else level
            yield from self._archive(path, file, kind, above)
        elif kind.is_compressed or kind.is_closed:
            yield from self._compressed(path, file, kind, level)
            if kind is Kind.GZIP:
                yield from self._header(path, head)
        else:
            yield from self._plain(path, file, encoding_of(head), level)

    def _plain(self, path: str, file: File, encoding: str | None, level: int) -> Iterator[Artefact]:
        if encoding is not None:
            text = Decoded(file, encoding)
            yield self._artefact(path, Given(text, self._told))
            if text.is_mixed:
                yield self._as_it_is(path, file)
            return
        given = Given(file, self._told, keep=TAIL)
        yield self._artefact(path, given)
        if level < self._budget.limits.depth and may_have_bodies(path):
            yield from self._bodies(path, file, level)
        # A program may stand before an archive.
        if ends_as_zip(given.last):
            yield from self._archive(path, file, Kind.ZIP, level)

    def _bodies(self, path: str, file: File, level: int) -> Iterator[Artefact]:
        try:
            for body in bodies(file):
                self._budget.count_member()
                self._budget.spend(len(body.text), 0, 0)
                inside = io.BytesIO(body.text)
                yield from self.open(f"{path}!/line-{body.line}.gz", inside, level + 1)
        except ExceededError as exceeded:
            self._tell(path, exceeded.error)

    def _compressed(self, path: str, file: File, kind: Kind, level: int) -> Iterator[Artefact]:
        # Here, so that a run over texts begins sooner; archives likewise.
        from pytest_julep_secrets.artefacts.opening.compressed import (  # noqa: PLC0415
            Decompressed,
            codec_of,
        )

        codec = codec_of(kind)
        if codec is None:
            why = f"It is {kind.value} data, which is not unpacked: it was searched as it is."
            yield from self._refuse(path, file, UnreadableError(f"{why} {_NEXT}"))
        elif level >= self._budget.limits.depth:
            yield from self._refuse_depth(path, file)
        else:
            text = Decompressed(file, codec, self._budget)
            yield from self.open(path, text, level + 1, is_text=True)
            if text.is_broken:
                yield self._as_it_is(path, file)

    def _header(self, path: str, head: bytes) -> Iterator[Artefact]:
        from pytest_julep_secrets.artefacts.opening.compressed import gzip_words  # noqa: PLC0415

        if words := gzip_words(head):
            yield self._artefact(
                f"{path}!/", cast("io.RawIOBase", io.BytesIO(words)), is_names=True
            )

    def _archive(self, path: str, file: File, kind: Kind, level: int) -> Iterator[Artefact]:
        if level >= self._budget.limits.depth:
            yield from self._refuse_depth(path, file)
            return
        from pytest_julep_secrets.artefacts.opening.archives import members_of  # noqa: PLC0415
        from pytest_julep_secrets.artefacts.opening.spool import Spool  # noqa: PLC0415

        is_broken = False
        with Spool() as names:
            try:
                for member in members_of(file, kind, self._budget):
                    if member.name:
                        self._budget.count_member()
                    names.write(member.words + b"\n" if member.words else b"")
                    if member.content is not None:
                        inside = f"{path}!/{member.name}"
                        yield from self.open(inside, member.content, level + 1)
                        is_broken = is_broken or member.content.is_broken
            except (UnreadableError, ExceededError) as error:
                self._tell(path, error.error if isinstance(error, ExceededError) else error)
                is_broken = True
            if names.seek(0, 1):
                names.seek(0)
                yield self._artefact(f"{path}!/", names, is_names=True)
        if is_broken:
            yield self._as_it_is(path, file)

    def _refuse_depth(self, path: str, file: File) -> Iterator[Artefact]:
        self._deep += 1
        if self._deep > self._budget.limits.deep:
            # Archives of archives of archives: each level has many times more of them.
            self._budget.stop(self._too_deep)
        yield from self._refuse(path, file, self._too_deep)

    def _refuse(self, path: str, file: File, error: UnreadableError) -> Iterator[Artefact]:
        self._tell(path, error)
        yield self._as_it_is(path, file)

    def _as_it_is(self, path: str, file: File) -> Artefact:
        file.seek(0)
        return self._artefact(path, Given(file, self._told))

    def _artefact(self, path: str, file: io.RawIOBase, *, is_names: bool = False) -> Artefact:
        return Artefact(path, cast("BinaryIO", file), is_names)

    def _tell(self, path: str, error: UnreadableError) -> None:
        if error not in self._told:
            self._told.add(error)
            self._on_problem(Problem(path, error.reason))
