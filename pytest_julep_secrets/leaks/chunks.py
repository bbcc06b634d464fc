"""Values in bytes that come chunk by chunk: of a file of any size, in little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pytest_julep_secrets.leaks.watch import Watch


class Hit(NamedTuple):
    """A value in a stream of bytes. Does not show it.

    Attributes:
        start: Where it begins, in bytes.
        end: Behind its last byte; of an encoded run, of the run.
        line: From 1.
        column: From 1, in characters.
        label: The name that redacted text shows.
        form: What it looks like there.
    """

    start: int
    end: int
    line: int
    column: int
    label: str
    form: str


def find_in(chunks: Iterable[bytes], watch: Watch) -> Iterator[Hit]:
    """Find all values in the order of their places, however the chunks are cut."""
    text = b"".join(chunks).decode("utf-8", "surrogateescape")
    for found in watch._search.find(text):
        before = text[: found.start]
        start = len(before.encode("utf-8", "surrogateescape"))
        value = text[found.start : found.end].encode("utf-8", "surrogateescape")
        line, column = before.count("\n") + 1, found.start - (before.rfind("\n") + 1) + 1
        label = watch.label(found.number, ())
        yield Hit(start, start + len(value), line, column, label, found.form)
