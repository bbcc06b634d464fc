"""Values in streams of bytes."""

from __future__ import annotations

import base64
import json
import time
import tracemalloc
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaks.log import log
from pytest_julep_secrets.leaks.chunks import Finder, find_in
from pytest_julep_secrets.leaks.watch import Watch

VALUE: Final = "sk-fake-1f9c27d4-Zq7CaNx81LmQwT5rV0bYhJ2d"
SHAPES: Final = {
    "plain": VALUE,
    "JSON": json.dumps(f"\u00e9{VALUE}").replace("-", "\\u002d"),
    "base64": base64.b64encode(f"key={VALUE}".encode()).decode(),
    "hex": VALUE.encode().hex(),
    "listed characters": str(list(VALUE)),
    "UTF-16": "\0".join(VALUE),
}
LINE: Final = "nothing is here, 12 ms\n"


def watch(*values: str) -> Watch:
    made = Watch()
    for number, value in enumerate(values or [VALUE]):
        made.add(f"key{number}" if number else "key", value, "test")
    return made


@pytest.mark.parametrize("form", SHAPES)
def test_a_value_is_found_wherever_windows_and_chunks_are_cut(form: str) -> None:
    finder = Finder(watch(), window=4096)
    text = SHAPES[form]
    for before in range(2900, 4300, 83):
        data = b"\n" + b"." * before + text.encode() + b" ok\n" + log(60)
        cut = before + len(text) // 2

        (one,) = finder.find_in([data[:cut], data[cut:]])

        assert (one.label, one.form) == ("key", form)
        assert one.start + 12 <= one.end <= 1 + before + len(text)


def test_places_count_bytes() -> None:
    text = f"é {VALUE}, {VALUE}"
    size = len(VALUE)

    assert list(find_in([text.encode()], watch())) == [
        (3, 3 + size, "key", "plain"),
        (5 + size, 5 + 2 * size, "key", "plain"),
    ]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([LINE, VALUE, VALUE[:20], " ", "é", "\n", *SHAPES.values()]), max_size=40
    )
)
def test_small_windows_find_what_one_finds(parts: list[str]) -> None:
    data = "\n".join(parts).encode()
    values = watch(VALUE)

    small = list(Finder(values, window=1).find_in([data]))
    whole = list(Finder(values).find_in([data]))

    assert {hit.start for hit in small} == {hit.start for hit in whole}


def test_empty_and_no_chunks() -> None:
    assert list(find_in([], watch())) == list(find_in([b"", b""], watch())) == []


def test_values_that_overlap_are_told_once() -> None:
    longer = f"{VALUE}-and-more"

    assert list(find_in([longer.encode()], watch(VALUE, longer))) == [
        (0, len(longer), "key1", "plain")
    ]


def test_memory_does_not_grow_with_the_text() -> None:
    finder = Finder(watch(), window=1 << 16)
    part = log(1000)
    list(finder.find_in([part]))

    tracemalloc.start()
    found = list(finder.find_in(part for _ in range(60)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found == []
    assert peak < 20 * len(part)


def test_a_long_run_of_many_encoded_values_takes_no_time_squared() -> None:
    lines = base64.encodebytes(f"{VALUE}\n".encode() * 4000)
    start = time.process_time()

    (one,) = find_in([lines], watch())

    assert (one.start, one.form) == (0, "base64")
    # Half a second; fifty times as much if each value looks along all of the run.
    assert time.process_time() - start < 3
