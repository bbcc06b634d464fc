"""Lines and columns of places in a file."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.artefacts.lines import lines_at


@given(st.text(st.sampled_from("ab\n\ré🔑")), st.data())
def test_places_of_any_text(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)))))
    offsets = [len(text[:place].encode()) for place in places]
    befores = [text[:place] for place in places]

    assert lines_at(io.BytesIO(text.encode()), offsets) == [
        (before.count("\n") + 1, len(before) - before.rfind("\n")) for before in befores
    ]


def test_a_line_of_many_megabytes() -> None:
    file = io.BytesIO(b"x\n" + "é".encode() * 3_000_000 + b"!\n")

    assert lines_at(file, [0, 2, 6_000_002, 6_000_004]) == [(1, 1), (2, 1), (2, 3_000_001), (3, 1)]


def test_behind_the_end() -> None:
    assert lines_at(io.BytesIO(b"ab\nc"), [99]) == [(2, 2)]
