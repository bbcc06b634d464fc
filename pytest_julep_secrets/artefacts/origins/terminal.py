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

_BLOCK: Final = 1 << 20
# The part of a line that is looked at.
_LONGEST: Final = 1 << 13

# Colours; the time that GitHub Actions writes before each line.
_NOISE: Final = rb"(?:\x1b\[[\d;]*[A-Za-z]|(?:\xef\xbb\xbf)?\d{4}-\d\d-\d\dT[\d:.]+Z )"
_ANY_NOISE: Final = re.compile(_NOISE)
# Lines that may say something; the others, by far the most, are not looked at.
_TELLING: Final = re.compile(
    rb"\n(?=%b*+(?:\r?\n|=+ |_+ |\[gw|scheduling tests|[^\s:\[\x1b]+\.\w++%b*+:[:\d]"
    rb"|PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS|RERUN|SUB))" % (_NOISE, _NOISE)
)

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
    log, at, last = _Log(), 0, b"\n"
    while block := file.read(_BLOCK):
        # Up to the end of a line, if that is not far.
        block += file.readline(_LONGEST)
        # A line that goes on from the block before is none that begins here.
        text = b"\n" + block if last == b"\n" else block
        shift = at - len(text) + len(block)
        for match in _TELLING.finditer(text):
            start = match.end()
            found = text.find(b"\n", start)
            end = found if found >= 0 else len(text)
            line = text[start : min(end, start + _LONGEST)]
            yield from log.read(shift + start, _plain(line), shift + end)
        at, last = at + len(block), block[-1:]
    yield from log.close(at)
    yield from log.headlines.spans()


def _plain(line: bytes) -> str:
    return _ANY_NOISE.sub(b"", line).decode("utf-8", "replace").rstrip("\r")


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
        self._path = ""

    def read(self, at: int, text: str, end: int) -> Iterator[Span]:
        """Take the next line, and give what ends before it, or with it.

        Args:
            at: Where it begins.
            text: What it says.
            end: Where it ends.
        """
        if title := self._section(text):
            yield from self.close(at)
            self._title, self._width = title, len(text)
        elif self._title in _HEADED:
            yield from self._read_headed(at, text)
        elif self._ends(text):
            yield from self.close(at)
        elif match := _OUTCOME_FIRST.match(text):
            yield from self._open(at, match)
            if match["worker"]:
                yield from self.close(end)
        elif (match := _NODE_FIRST.match(text)) and "::" in match["node"]:
            yield from self._open(at, match)
            if match["outcome"] or self._parallel:
                yield from self.close(end)
        self._parallel |= text.startswith("scheduling tests via")

    def close(self, at: int) -> Iterator[Span]:
        """Give what is open: something else begins."""
        if self._test:
            yield Span(self._since, at, self._test)
        elif self._headline:
            self.headlines.add(self._since, at, self._headline, self._path)
        self._test = self._headline = self._path = ""

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

    def _open(self, at: int, match: re.Match[str]) -> Iterator[Span]:
        node = match["node"] or ""
        if "::" in node or self._title == _SUMMARY:
            yield from self.close(at)
            self._test, self._since = node, at
            self.headlines.learn(node, failed=match["outcome"] not in {None, "PASSED"})

    def _ends(self, text: str) -> bool:
        """Tell whether a line is the last of a test's, or none of any."""
        if self._title.startswith(_WARNINGS):
            return not text
        return self._test != "" and bool(_OUTCOME_ONLY.fullmatch(text))
