"""Which test left what stands at a place of a file, as far as the file tells.

A file's format is known by how it begins, not by its name. A reader of a format gives spans, each
with the test that it belongs to; what cannot be read any further ends them, without a word: that
a file is broken is for others to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.origins import html_report, json_reports, junit, terminal
from pytest_julep_secrets.artefacts.origins.span import Span

# The beginning that tells the format.
_HEAD: Final = 1024
_LONGEST: Final = 1000
_HTML: Final = re.compile(rb"<!doctype html|<html", re.IGNORECASE)
# A log may begin with "[": of a time, a worker.
_JSON: Final = re.compile(rb'\{|\[\s*[{"\[]')


def tests_at(file: BinaryIO, offsets: Sequence[int]) -> list[str]:
    """Tell which test each place of a file belongs to.

    Known are JUnit XML, pytest-reportlog's lines, the reports of pytest-json-report and
    pytest-html, and pytest's terminal output. Never raises for what is in the file.

    Args:
        file: At its start; UTF-8.
        offsets: Places, in bytes, ascending.

    Returns:
        For each place a node id, or what comes nearest ("TestX.test_b", "com.acme.Test::it");
        "" if the file names no test there. It comes from the file: it may hold what was found.
    """
    tests = [""] * len(offsets)
    with suppress(OSError, UnreadableError):
        for span in _spans(file):
            for number in range(bisect_left(offsets, span.start), bisect_left(offsets, span.end)):
                tests[number] = tests[number] or _shown(span.test)
    return tests


def _spans(file: BinaryIO) -> Iterator[Span]:
    head = file.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    file.seek(0)
    if head.startswith(b"<"):
        return html_report.spans(file) if _HTML.search(head) else junit.spans(file)
    return json_reports.spans(file) if _JSON.match(head) else terminal.spans(file)


def _shown(test: str) -> str:
    """Keep it to one line, and short."""
    return "".join(one if one.isprintable() else "?" for one in test[:_LONGEST])
