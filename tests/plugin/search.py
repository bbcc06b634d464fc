"""An independent and simple search: for values in all that a run printed and wrote."""

from __future__ import annotations

import pytest


def texts(pytester: pytest.Pytester, result: pytest.RunResult) -> dict[str, bytes]:
    """All that the run left, by name; the tests themselves hold the values."""
    written = {
        path.name: path.read_bytes()
        for path in pytester.path.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    printed = {"stdout": result.stdout.str().encode(), "stderr": result.stderr.str().encode()}
    return written | printed


def places(value: str, within: dict[str, bytes]) -> list[str]:
    """Where a value stands as it is."""
    return [name for name, text in within.items() if value.encode() in text]
