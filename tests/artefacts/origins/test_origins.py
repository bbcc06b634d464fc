"""The door."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.origins import tests_at as origins_at

STARTS = [b"", b"<", b"<html", b"{", b'[{"nodeid":"a",', b"= FAILURES =\n_ a _\n", b"\xef\xbb\xbf"]


@settings(deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_it_never_raises(start: bytes, rest: bytes) -> None:
    data = start + rest
    places = list(range(0, len(data) + 2, 7))

    assert len(origins_at(io.BytesIO(data), places)) == len(places)


@pytest.mark.parametrize("error", [OSError("gone"), UnreadableError("cut")])
def test_a_file_that_ends_early_tells_what_it_told(error: Exception) -> None:
    class Cut(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            part = super().read(size)
            if not part:
                raise error
            return part

    data = b'{"nodeid": "a"}\n{"nodeid": "b"}'

    assert origins_at(Cut(data), [3, 20]) == ["a", "b"]
    assert origins_at(Cut(b""), [3]) == [""]


@pytest.mark.parametrize("before", ["\ufeff", " \r\n", ""])
def test_what_comes_before_a_report_does_not_matter(before: str) -> None:
    text = f'{before}{{"nodeid": "a"}}'

    assert origins_at(io.BytesIO(text.encode()), [text.index("a")]) == ["a"]


def test_a_test_is_shown_in_one_line_of_some_length() -> None:
    text = '{"nodeid": "a\\n\\u001b\\ud800' + "x" * 2_000 + '"}'
    (told,) = origins_at(io.BytesIO(text.encode()), [3])

    assert told == ("a???" + "x" * 2_000)[:1_000]
