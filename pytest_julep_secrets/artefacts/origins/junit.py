"""JUnit XML, of pytest or of others: what stands in a `testcase`, its attributes included.

pytest writes a node id as two names with dots (`mangle_test_address`):
"tests/test_a.py::TestX::test_b" is `classname="tests.test_a.TestX" name="test_b"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.parsers import expat

from pytest_julep_secrets.artefacts.origins.span import Span

_CHUNK: Final = 1 << 16
# So long may a tag with its attributes be: the parser keeps it until its end.
_LONGEST: Final = 4 << 20
# No report is any deeper; each open element is kept.
_DEEPEST: Final = 100
# pytest's own pattern for files of tests.
_MODULE: Final = re.compile(r"test_\w+|\w+_test")


def spans(file: BinaryIO) -> Iterator[Span]:
    """Give each `testcase`; up to what is no XML, and to a DOCTYPE, which no report has."""
    reader = _Reader()
    fed = 0
    try:
        while (chunk := file.read(_CHUNK)) and fed - reader.parser.CurrentByteIndex < _LONGEST:
            reader.parser.Parse(chunk)
            fed += len(chunk)
            yield from reader.closed
            reader.closed.clear()
    except (expat.ExpatError, _RefusedError):
        pass
    yield from reader.closed
    if reader.test is not None:
        yield Span(reader.since, max(fed, reader.parser.CurrentByteIndex), reader.test)


class _RefusedError(Exception):
    """What is no report."""


class _Reader:
    """The `testcase` elements that a parser has come across."""

    def __init__(self) -> None:
        # Any byte is a character of it, so that none ends the document, whatever it declares.
        self.parser = expat.ParserCreate("iso-8859-1")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.closed: list[Span] = []
        self.test: str | None = None
        self.since = 0
        self._depth = 0

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _RefusedError
        if tag == "testcase":
            self.since = self.parser.CurrentByteIndex
            classname, name, file = (
                _utf8(attributes.get(key, "")) for key in ("classname", "name", "file")
            )
            self.test = node_id(classname, name, file)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if tag == "testcase" and self.test is not None:
            # The end tag begins there: nothing is found in it.
            self.closed.append(Span(self.since, self.parser.CurrentByteIndex + 1, self.test))
            self.test = None

    def _refuse(self, *_: object) -> None:
        raise _RefusedError


def _utf8(text: str) -> str:
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def node_id(classname: str, name: str, file: str = "") -> str:
    """Give the node id of a test from its names in a report.

    With `file` (pytest's `junit_family=xunit1`) it is known where the path ends; without, the
    last name such as `test_a` or `a_test` that only names of classes follow is taken for the file.

    Args:
        classname: As "tests.test_a.TestX"; "" if there is none.
        name: Of the test; of what could not be collected, of its file.
        file: As "tests/test_a.py"; "" if not told.

    Returns:
        As pytest would write it; "CLASSNAME::NAME" where that cannot be told.
    """
    names = classname or name
    module = file.replace("\\", "/").removesuffix(".py").replace("/", ".")
    if module and f"{names}.".startswith(f"{module}."):
        path, classes = file.replace("\\", "/"), names[len(module) + 1 :]
    else:
        path, classes = _guessed(names)
    if not path:
        return "::".join(filter(None, (classname, name)))
    parts = [path, *filter(None, classes.split(".")), *([name] if classname else [])]
    return "::".join(parts)


def _guessed(names: str) -> tuple[str, str]:
    """Give the path and the classes, as "TestX.TestY"; "" for both if it could be otherwise."""
    parts = names.split(".")
    classes: list[str] = []
    while parts and parts[-1][:1].isupper():
        classes.insert(0, parts.pop())
    if not parts or not _MODULE.fullmatch(parts[-1]):
        return "", ""
    # "v1.2/test_a.py" is "v1.2.test_a".
    if not all(part.replace("-", "_").isidentifier() for part in parts):
        return "", ""
    return "/".join(parts) + ".py", ".".join(classes)
