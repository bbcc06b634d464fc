"""Foreign text in a report: paths, names and tests may be called anything."""

from __future__ import annotations

import re
from typing import Final

# What a build server takes for a command: GitHub at the start of a line, others wherever it is.
_COMMAND: Final = re.compile(r"^(\s*):(?=:)|#(?=#(?:\[|vso\[|teamcity\[))", re.IGNORECASE)


def shown(text: str, most: int = 1000) -> str:
    r"""Make one line of a text that looks like nothing else.

    Control characters, line breaks of any kind, invisible and undecodable characters become
    escapes as `repr` has them. What would be a command to a build server is none any more.

    Args:
        text: Any text.
        most: Longer ones lose their middle. In characters, at least 40.
    """
    # Cut first: escapes are at most ten times as long, and a test may have megabytes for its id.
    if len(text) > most:
        half = (most - 30) // 2
        text = f"{text[:half]}...({len(text) - 2 * half} more)...{text[-half:]}"
    if not text.isprintable():
        text = "".join(char if char.isprintable() else _escape(ord(char)) for char in text)
    return _COMMAND.sub(_no_command, text)


def _escape(code: int) -> str:
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _no_command(found: re.Match[str]) -> str:
    return r"\x23" if found[0] == "#" else rf"{found[1]}\x3a"
