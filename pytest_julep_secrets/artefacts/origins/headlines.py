"""Headers of pytest's sections, such as "TestX.test_b[param]", and the node ids they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pytest_julep_secrets.artefacts.origins.span import Span

_WHEN: Final = re.compile(r"ERROR at (?:setup|call|teardown) of |\[doctest\] ")
_COLLECTING: Final = "ERROR collecting "
# So many are kept; no run has as many failures.
_MOST: Final = 20_000


class _Section(NamedTuple):
    start: int
    end: int
    name: str
    path: str


class Headlines:
    """The sections of a log, and the node ids that it has elsewhere."""

    def __init__(self) -> None:
        self._sections: list[_Section] = []
        # By what a header would say.
        self._known: dict[str, set[str]] = {}

    def add(self, start: int, end: int, headline: str, path: str) -> None:
        """Take a section.

        Args:
            start: Where it begins.
            end: Behind its last byte.
            headline: What its header says.
            path: The file of its first line of a traceback; "" if there is none.
        """
        name = _WHEN.sub("", headline)
        if len(self._sections) < _MOST:
            self._sections.append(_Section(start, end, name, path.replace("\\", "/")))
            self._known.setdefault(name, set())

    def learn(self, node_id: str, *, failed: bool) -> None:
        """Take a node id; of a test that has not failed only if it has a section already."""
        name = _headline(node_id)
        if name in self._known or (failed and len(self._known) < _MOST):
            self._known.setdefault(name, set()).add(node_id)

    def spans(self) -> Iterator[Span]:
        """Give the sections with their tests, as exactly as is known by now."""
        for one in self._sections:
            yield Span(one.start, one.end, self._test(one))

    def _test(self, section: _Section) -> str:
        if section.name.startswith(_COLLECTING):
            return section.name.removeprefix(_COLLECTING)
        # A subtest has more behind the name of its test.
        ids = self._known[section.name] or self._known.get(section.name.partition(" ")[0], set())
        here = {one for one in ids if one.partition("::")[0] == section.path}
        (test,) = ids if len(ids) == 1 else here if len(here) == 1 else {section.name}
        return test


def _headline(node_id: str) -> str:
    inside, bracket, param = node_id.partition("::")[2].partition("[")
    return inside.replace("::", ".") + bracket + param
