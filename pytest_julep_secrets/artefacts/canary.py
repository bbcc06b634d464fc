"""A value of our own, planted where a scan has to find it: it could have found others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from pytest_julep_secrets.leaks.watch import Watch
from pytest_julep_secrets.reports.entry import Entry, Report

_NAME: Final = "julep-secrets-canary"
_PLACE: Final = "canary.zip!/canary.log.gz"
# Long enough to go all the way: short texts are searched at once.
_LENGTH: Final = 1 << 15


def plant(watch: Watch) -> str:
    """Make a value up, and have it looked for."""
    value = f"canary-{os.urandom(16).hex()}"
    watch.add(_NAME, value, _NAME)
    return value


def is_told(value: str, scan: Callable[[Iterable[Path]], list[Entry]]) -> bool:
    """Tell whether a scan finds a value, encoded, in an archive, and a report of it says so.

    Args:
        value: What was planted.
        scan: Gives what is found in some paths.
    """
    # When all has been read: until then it would only be in the way.
    import base64
    import gzip
    import tempfile
    import zipfile

    from pytest_julep_secrets.reports import text

    line = b"%b %b\n" % (b"." * _LENGTH, base64.b64encode(f"key={value}".encode()))
    with tempfile.TemporaryDirectory(prefix="julep-secrets-") as folder:
        path = Path(folder, "canary.zip")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("canary.log.gz", gzip.compress(b"\n" + line))
        entries = scan([path])
    told = "\n".join(text.render(Report(tuple(entries), 1)))
    return _NAME in told and f"{_PLACE}:2:" in told
