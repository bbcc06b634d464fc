"""What a reader is given."""

from __future__ import annotations

import io

import pytest

from pytest_julep_secrets.artefacts.artefact import UnreadableError
from pytest_julep_secrets.artefacts.opening.given import Given
from pytest_julep_secrets.artefacts.opening.layer import Slice


def cut_off() -> Slice:
    return Slice(io.BytesIO(b"0123"), 0, 9, "file")


def test_an_error_is_raised_each_time_it_is_read() -> None:
    told: set[UnreadableError] = set()
    file = Given(cut_off(), told)

    for _ in range(2):
        file.seek(0)
        assert file.read(100) == b"0123"
        with pytest.raises(UnreadableError) as raised:
            file.read(100)
        assert told == {raised.value}


def test_an_error_that_was_told_of_another_file_is_an_end() -> None:
    source = cut_off()
    with pytest.raises(UnreadableError) as raised:
        source.read()
    file = Given(source, {raised.value})

    file.seek(0)

    assert (file.read(100), file.read(100)) == (b"0123", b"")


@pytest.mark.parametrize("size", [1, 3, 4, 100])
def test_the_last_bytes_are_kept(size: int) -> None:
    file = Given(io.BytesIO(b"0123456789"), set(), keep=4)
    file.read(5)
    file.seek(0)
    while file.read(size):
        pass
    file.seek(0)
    file.read(2)

    assert file.last == b"6789"


def test_nothing_is_the_end_before_it_was_reached() -> None:
    file = Given(io.BytesIO(b"0123456789"), set(), keep=4)
    file.read(10)

    assert file.last == b""
