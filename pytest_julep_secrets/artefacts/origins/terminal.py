"""pytest's terminal output, also as a CI service keeps it: with colours, with the time of lines.

In a section such as FAILURES each test has a header, which names it without its file. Which file
is known from lines that have a whole node id: those of `-v`, and the summary at the end. So
sections are given last. Elsewhere what comes behind a node id at the beginning of a line is its
test's: the outcome, with `-s` what it writes, in the summary why it failed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from pytest_julep_secrets.artefacts.origins.headlines import Headlines
from pytest_julep_secrets.artefacts.origins.span import Span

# The part of a line that is looked at.
_LONGEST: Final = 1 << 13
# Colours; the time that GitHub Actions writes before each line.
_NOISE: Final = re.compile(rb"\x1b\[[0-9;]*[A-Za-z]|^(?:\xef\xbb\xbf)?\d{4}-\d\d-\d\dT[\d:.]+Z ")

_SECTION: Final = re.compile(r"(=++) (.+) \1=?")
_HEADER: Final = re.compile(r"(_++) (.+) \1_?")
# With a header for each test.
_HEADED: Final = frozenset({"ERRORS", "FAILURES", "PASSES", "XFAILURES", "XPASSES"})
_OTHER: Final = re.compile(
    r"test session starts|(?:warnings|short test) summary.*|slowest .*|.* in \d+\.\d+s.*"
)
_SUMMARY: Final = "short test summary info"
_WARNINGS: Final = "warnings summary"

_NODE: Final = r"[^\s:\[][^\s:]*\.\w+(?:::[^\s\[]++(?:\[.*?\](?=\s|$))?)?"
_OUTCOME: Final = (
    r"(?:PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS|RERUN"
    r"|SUB(?:PASS|FAIL|SKIPP)ED(?:\[.*?\])?(?: ?\(.*?\))?)"
)
_OUTCOME_FIRST: Final = re.compile(
    rf"(?P<worker>\[gw\d+\] (?:\[ *\d+%\] )?)?(?P<outcome>{_OUTCOME}) (?P<node>{_NODE})?"
)
_NODE_FIRST: Final = re.compile(rf"(?P<node>{_NODE})(?: +(?P<outcome>{_OUTCOME})\b| |$)")
_OUTCOME_ONLY: Final = re.compile(rf"{_OUTCOME}\s*(?:\[ *\d+%\])?")
_LOCATION: Final = re.compile(r"([^\s:]++):\d+: ")


def spans(file: BinaryIO) -> Iterator[Span]:
    """Give what is known to be of a test."""
    log, at, begins = _Log(), 0, True
    while line := file.readline(_LONGEST):
        if begins:
            yield from log.read(at, _text(line))
        begins = line.endswith(b"\n")
        at += len(line)
    yield from log.close(at)
    yield from log.headlines.spans()


def _text(line: bytes) -> str:
    return _NOISE.sub(b"", line).decode("utf-8", "replace").rstrip("\r\n")


class _Log:
    """Where in the log we are."""

    def __init__(self) -> None:
        self.headlines = Headlines()
        self._title = ""
        self._width = 0
        # With xdist, what a test writes does not stand behind its node id.
        self._parallel = False
        # What is open: a node id, or a header.
        self._test = ""
        self._headline = ""
        self._since = 0
        self._one_line = False
        self._path = ""

    def read(self, at: int, text: str) -> Iterator[Span]:
        """Take the next line, and give what ends before it."""
        if self._one_line:
            yield from self.close(at)
        if title := self._section(text):
            yield from self.close(at)
            self._title, self._width = title, len(text)
        elif self._title in _HEADED:
            yield from self._read_headed(at, text)
        elif self._ends(text):
            yield from self.close(at)
        elif match := _OUTCOME_FIRST.match(text):
            yield from self._open(at, match, one_line=match["worker"] is not None)
        elif "::" in text and (match := _NODE_FIRST.match(text)):
            yield from self._open(at, match, one_line=match["outcome"] is not None)
        self._parallel |= text.startswith("scheduling tests via")

    def close(self, at: int) -> Iterator[Span]:
        """Give what is open: something else begins."""
        if self._test:
            yield Span(self._since, at, self._test)
        elif self._headline:
            self.headlines.add(self._since, at, self._headline, self._path)
        self._test = self._headline = self._path = ""
        self._one_line = False

    def _section(self, text: str) -> str:
        match = _SECTION.fullmatch(text)
        if match is None:
            return ""
        known = match[2] in _HEADED or _OTHER.fullmatch(match[2])
        # A test may print such a line, too, but rarely as wide.
        return match[2] if known or abs(len(text) - self._width) <= 1 else ""

    def _read_headed(self, at: int, text: str) -> Iterator[Span]:
        match = _HEADER.fullmatch(text)
        if match and (match[1] == "_" or abs(len(text) - self._width) <= 1):
            yield from self.close(at)
            self._headline, self._since = match[2], at
        elif not self._path and (match := _LOCATION.match(text)):
            self._path = match[1]

    def _open(self, at: int, match: re.Match[str], *, one_line: bool) -> Iterator[Span]:
        node, outcome = match["node"] or "", match["outcome"]
        if "::" not in node and self._title != _SUMMARY:
            return
        yield from self.close(at)
        self._test, self._since = node, at
        self._one_line = one_line or (self._parallel and self._title != _SUMMARY)
        self.headlines.learn(node, failed=outcome not in {None, "PASSED"})

    def _ends(self, text: str) -> bool:
        """Tell whether a line is the last of a test's, or none of any."""
        if self._title.startswith(_WARNINGS):
            return not text
        return self._test != "" and bool(_OUTCOME_ONLY.fullmatch(text))
