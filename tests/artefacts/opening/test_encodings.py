"""UTF-16 and UTF-32."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.artefacts.opening.encodings import Decoded, encoding_of

ENCODINGS = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
LINE = "2026-11-25 INFO nothing to see\r\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_told_without_a_mark(encoding: str) -> None:
    assert encoding_of(LINE.encode(encoding)) == encoding


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_mark_is_enough(encoding: str) -> None:
    assert encoding_of("\ufeff".encode(encoding)) == encoding


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"h\0i\0",
        LINE.encode(),
        LINE.encode("utf-8-sig"),
        bytes(4096),
        b"\1\0\2\0" * 100,
        b"SQLite format 3\0\x10\0\1\1\0",
        LINE.encode("utf-16-le") + LINE.encode(),
        b"\x7fELF\2\1\1" + bytes(100),
    ],
)
def test_other_bytes_are_no_such_text(other: bytes) -> None:
    assert encoding_of(other) is None


@given(st.text(), st.sampled_from(ENCODINGS), st.integers(1, 40))
def test_any_text_comes_out_as_utf_8(text: str, encoding: str, size: int) -> None:
    file = Decoded(io.BytesIO(f"\ufeff{text}".encode(encoding)), encoding)

    for _ in range(2):
        file.seek(0)
        parts = list(iter(lambda: file.read(size), b""))
        assert b"".join(parts) == text.encode()
        assert all(len(part) <= size for part in parts)


@given(st.binary(), st.sampled_from(ENCODINGS))
def test_any_bytes_can_be_read(content: bytes, encoding: str) -> None:
    Decoded(io.BytesIO(content), encoding).read().decode()


@pytest.mark.parametrize(
    ("content", "is_mixed"),
    [(LINE.encode("utf-16-le"), False), (LINE.encode("utf-16-le") + b"echo >> log\r\n", True)],
)
def test_ascii_among_it_is_noticed(content: bytes, is_mixed: bool) -> None:
    file = Decoded(io.BytesIO(content), "utf-16-le")
    file.read()

    assert file.is_mixed == is_mixed
