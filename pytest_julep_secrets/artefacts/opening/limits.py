"""How much may be unpacked: some archives are made to fill a disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pytest_julep_secrets.artefacts.artefact import UnreadableError

_TELL: Final = "The rest was not searched; unpack it first if you trust it."


@dataclass(frozen=True, slots=True)
class Limits:
    """Where unpacking stops.

    Attributes:
        depth: Archives in archives; a compressed text is a level too, a compressed tar archive one.
        deep: Archives in one file that may be deeper than that.
        size: Bytes that one file may unpack to, all that is in it and all levels together.
        ratio: Unpacked bytes for each packed one. Logs of repeated lines reach some hundreds.
        harmless: Bytes that may be unpacked at any ratio, as they take no time.
        members: Files in one file, all levels together.
        directory: Bytes that a zip archive's directory, or a header of a tar archive, may have, as
            they are read whole.
    """

    depth: int = 4
    deep: int = 100
    size: int = 8 << 30
    ratio: int = 1000
    harmless: int = 100 << 20
    members: int = 100_000
    directory: int = 16 << 20


class ExceededError(Exception):
    """A limit was reached. `error` is what readers are told."""

    def __init__(self, error: UnreadableError) -> None:
        super().__init__()
        self.error = error


@dataclass(slots=True)
class Budget:
    """What is left of the limits for one file of the disk.

    Args:
        limits: Where unpacking stops.
        packed: The size of the file, in bytes.
    """

    limits: Limits
    packed: int
    _unpacked: int = 0
    _members: int = 0
    _over: UnreadableError | None = field(default=None, repr=False)

    def spend(self, new: int, given: int, taken: int) -> None:
        """Count what was unpacked.

        Args:
            new: Bytes that were unpacked for the first time.
            given: Bytes that this stream was unpacked to so far.
            taken: Bytes that it took for it.

        Raises:
            ExceededError: If it is too much, for the stream or for the whole file.
        """
        self._unpacked += new
        if self._unpacked > self.limits.size:
            self._exceed(f"It unpacks to more than {self.limits.size:,} bytes.")
        if self._is_bomb(self._unpacked, self.packed):
            self._exceed(f"It unpacks to more than {self.limits.ratio:,} times its size.")
        if self._is_bomb(given, taken):
            reason = f"It unpacks to more than {self.limits.ratio:,} times its size. {_TELL}"
            raise ExceededError(UnreadableError(reason))
        self.check()

    def count_member(self) -> None:
        """Count one file in an archive.

        Raises:
            ExceededError: If they are too many, or another limit was reached before.
        """
        self._members += 1
        if self._members > self.limits.members:
            self._exceed(f"There are more than {self.limits.members:,} files in it.")

    def check(self) -> None:
        """See that no limit was reached.

        Raises:
            ExceededError: If one was: with the same error each time, so that it is told once.
        """
        if self._over is not None:
            raise ExceededError(self._over)

    def stop(self, error: UnreadableError) -> None:
        """Let nothing more be unpacked.

        Args:
            error: Why. If there was a reason before, that one stays.
        """
        self._over = self._over or error

    def _is_bomb(self, unpacked: int, packed: int) -> bool:
        return unpacked > max(self.limits.harmless, self.limits.ratio * packed)

    def _exceed(self, reason: str) -> None:
        self.stop(UnreadableError(f"{reason} {_TELL}"))
        self.check()
