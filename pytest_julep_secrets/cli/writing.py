"""Lines to standard output and into files, so that nothing is lost or half there."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TextIO

_NAME: Final = "standard output"


class UnwrittenError(Exception):
    """Something could not be written; the text says what, why, and what to do."""


def to_stdout(lines: Iterable[str]) -> None:
    """Print lines.

    Raises:
        UnwrittenError: They did not get through, or not all of them. Nothing more is written to
            standard output then, so that the interpreter has nothing to complain of at its end.
    """
    stdout = sys.stdout
    if stdout is None:
        raise _unwritten(_NAME, "it is closed")
    # A file may be called what the terminal cannot show.
    encoding = stdout.encoding or "utf-8"
    try:
        for line in lines:
            stdout.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stdout.flush()
    except BrokenPipeError as error:
        _give_up(stdout)
        raise _unwritten(_NAME, "its reader has gone") from error
    except OSError as error:
        _give_up(stdout)
        raise _unwritten(_NAME, error.strerror) from error


def replace(file: Path, lines: Iterable[str]) -> None:
    """Write lines into a file, all or none: what was there stays until they are complete.

    Raises:
        UnwrittenError: The file is as it was.
    """
    with _told(file):
        target = Path(os.path.realpath(file))
        if target.exists() and not target.is_file():
            # A device or a pipe is written to, never replaced.
            target.write_bytes(_encoded(lines))
            return
        # Beside it, as only there a rename is sure to be one. Not of `tempfile`, whose files only
        # their owner may read.
        draft = target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
        try:
            with draft.open("xb") as written:
                written.write(_encoded(lines))
            if target.exists():
                draft.chmod(target.stat().st_mode & 0o7777)
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def append(file: Path, lines: Iterable[str]) -> None:
    """Add lines to the end of a file; what is there stays.

    Raises:
        UnwrittenError: They are not all there.
    """
    with _told(file), file.open("a+b") as written:
        begun = b""
        if written.tell():
            written.seek(-1, os.SEEK_END)
            # A heading of ours begins on a line of its own, and after an empty one.
            begun = b"\n" if written.read(1) == b"\n" else b"\n\n"
        written.write(begun + _encoded(lines))


def complain(sentence: str) -> None:
    """Say something on standard error, if there is one."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - this is the command


@contextlib.contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unwritten(f"'{file}'", error.strerror) from error


def _unwritten(place: str, why: str | None) -> UnwrittenError:
    return UnwrittenError(
        f"The report did not get to {place}: {why or 'it cannot be written to'}. "
        "Name another place with --report FORMAT=FILE"
    )


def _encoded(lines: Iterable[str]) -> bytes:
    return b"".join(f"{line}\n".encode("utf-8", "backslashreplace") for line in lines)


def _give_up(stdout: TextIO) -> None:
    # What is left in the buffer is written once more at exit, which would fail loudly.
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stdout.fileno())
        os.close(nowhere)
