"""How these tests look at what a file mentions."""

from __future__ import annotations

from textwrap import dedent

from pytest_julep_secrets.lint.files import Read


def mentioned(read: Read, source: str) -> list[str]:
    """Return mentions as "kind text", and " of name" where one is known."""
    _, mentions = read(dedent(source).encode())
    return [f"{one.kind} {one.text}" + (f" of {one.name}" if one.name else "") for one in mentions]


def placed(read: Read, source: str) -> list[tuple[str, int, int]]:
    """Return the text, line and column of mentions."""
    return [(one.text, one.line, one.column) for one in read(source.encode())[1]]
