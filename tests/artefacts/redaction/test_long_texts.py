"""What redaction looks at grows with a text as the text does, however it is written."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artefacts.redaction.redacting import OTHER, watched
from pytest_julep_secrets.artefacts.redaction import markup, text, xml
from pytest_julep_secrets.artefacts.redaction.job import Job
from pytest_julep_secrets.artefacts.redaction.json import STRING, JsonText
from pytest_julep_secrets.artefacts.redaction.refusal import RefusedError
from pytest_julep_secrets.artefacts.redaction.streams import PART
from pytest_julep_secrets.leaks.chunks import Finder, Hit

HOSTILE = [
    "<a b='\"", "<!--", "</", "<?", "<!", "<!doctype [", "<script", "<script>", "<a &", "<![CDATA[",
    "<a \n", "<a b ", "<a b=", '<a b="c" ', "&", "&amp;", "]", "] ", " ", "<title>", "=", "<a =x",
]  # fmt: skip


class Counting:
    """A pattern that counts the bytes it goes over."""

    def __init__(self, pattern: re.Pattern[bytes], seen: list[int]) -> None:
        self._pattern = pattern
        self._seen = seen

    def search(self, data: bytes, at: int) -> re.Match[bytes] | None:
        match = self._pattern.search(data, at)
        self._seen.append((len(data) if match is None else match.end()) - at)
        return match


def looked_at(document: bytes, size: int) -> int:
    seen: list[int] = []
    states = {
        name: state._replace(end=cast("re.Pattern[bytes]", Counting(state.end, seen)))
        for name, state in markup.STATES.items()
    }
    for _ in markup.pieces(BytesIO(document), scripts=True, size=size, states=states):
        pass
    return sum(seen)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE), max_size=3), st.sampled_from(HOSTILE))
def test_markup_is_looked_at_once(before: list[str], repeated: str) -> None:
    document = ("<html>" + "".join(before) + repeated * 2000).encode()

    # What is close to a cut is seen again.
    assert looked_at(document, len(document)) <= 2 * len(document)
    assert looked_at(document, 1024) <= 2 * len(document)


def calls(action: Callable[[], object]) -> Counter[str]:
    """Count the calls that something makes, of Python's functions and of C's by their names."""
    counts: Counter[str] = Counter()

    def counted(_frame: object, event: str, function: object) -> None:
        if event.endswith("call"):
            counts[getattr(function, "__name__", "")] += 1

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        action()
    finally:
        sys.setprofile(before)
    return counts


def steps(document: bytes) -> int:
    def redact() -> None:
        with suppress(RefusedError):
            text.redacted(BytesIO(document), Job(Finder(watched())))

    return calls(redact).total()


@pytest.mark.parametrize(
    "write",
    [
        lambda repeated: f"{OTHER} " + "\\" * repeated,
        lambda repeated: f'{{"a": "{OTHER} ' + "\\" * repeated + '"}',
        lambda repeated: f"<html>{OTHER} " + "&" * repeated,
        lambda repeated: f"<a>{OTHER} " + "&amp;" * repeated + "</a>",
        lambda repeated: "[\n" * repeated + OTHER,
        lambda repeated: f"{OTHER} ab\n" * (repeated // 16),
        lambda repeated: "[" + f'"{OTHER}",\n' * (repeated // 16) + "1]",
        lambda repeated: f"<html>{OTHER}" + "<a b='\"" * (repeated // 8),
    ],
    ids=[
        "backslashes", "in JSON", "ampersands", "references", "brackets", "values", "in a list",
        "open tags",
    ],
)  # fmt: skip
def test_twice_the_text_is_twice_the_work(write: Callable[[int], str]) -> None:
    small, large = (steps(write(size).encode()) for size in (2048, 4096))

    assert large < 2.5 * small + 5000


@pytest.mark.parametrize(
    "line",
    ["2026-11-25T12:00:01 INFO {number}", "[2026-11-25 12:00] [{number}]", "[ {number}.5] eth0: up",
     '"GET /" {number}', "{{'a': {number}}}", "INFO [1, 2]", "[info] {number}", "-", " 7"],
)  # fmt: skip
def test_of_a_log_only_lines_with_a_value_are_looked_at(line: str) -> None:
    lines = [line.format(number=number) for number in range(20_000)]
    lines[9] = lines[-9] = f"x {OTHER} y"
    data = "\n".join(lines).encode()
    hits = [Hit(match.start(), match.end(), "k", "") for match in re.finditer(OTHER.encode(), data)]

    found = [piece.data for piece in JsonText(BytesIO(data)).pieces(iter(hits))]

    assert [one for one in found if OTHER.encode() in one] == [f"x {OTHER} y\n".encode()] * 2
    # The last line is looked at, too.
    assert len(found) <= 3


@pytest.mark.parametrize("before", ['<a b="', "<a><!--"])
def test_xml_that_is_not_at_its_end_is_not_read_anew_each_time(before: str) -> None:
    size = 32
    document = before.encode() + b"x" * PART * size

    counts = calls(lambda: xml.form_of(BytesIO(document)))

    # Each time so much as there was.
    assert counts["Parse"] <= size.bit_length() + 1


class Reading(BytesIO):
    """A file that counts what is read of it."""

    count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.count += len(data)
        return data


class Asked(Finder):
    """A finder that counts how often it is asked."""

    count = 0

    def find_in(self, chunks: Iterable[bytes]) -> Iterator[Hit]:
        self.count += 1
        return super().find_in(chunks)


@pytest.mark.parametrize("before", ["", "<html>", "["])
def test_a_text_is_searched_twice(before: str) -> None:
    file, finder = Reading(f"{before}{OTHER}\n".encode() + b"2026-11-25 x\n" * 99), Asked(watched())

    assert text.redacted(file, Job(finder)) is not None
    assert finder.count == 2
    # To search, to see what it is, to cut it into pieces, what is around them, and to copy.
    assert file.count <= 8 * len(file.getvalue())


class Seen(bytes):
    """Bytes that count what is taken of them."""

    seen = 0

    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        self.seen += len(found) if isinstance(found, bytes) else 1
        return found


@pytest.mark.parametrize("number", [*range(70), 4000, 4001])
def test_a_run_of_backslashes_is_looked_at_a_few_times(number: int) -> None:
    data = Seen(b"a" + b"\\" * number + b"n")

    start, end = STRING.around(data, number + 1)

    assert end - start == 2 * (number % 2)
    assert data.seen <= 20 * number + 400
