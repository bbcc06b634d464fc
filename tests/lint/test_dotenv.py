"""Files of environment variables."""

from __future__ import annotations

import io

import dotenv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint.reading import mentioned, placed
from pytest_julep_secrets.documents.unreadable import UnreadableError
from pytest_julep_secrets.lint.dotenv import read


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A=x", ["name A", "value x of A"]),
        ("export A = x y # z", ["name A", "value x y of A"]),
        ("A=x#y", ["name A", "value x#y of A"]),
        ("A='x # y' # z", ["name A", "value x # y of A"]),
        ('A="x\ny"\nB=', ["name A", "value x\ny of A", "name B"]),
        ('A="x\\"y"', ["name A", 'value x\\"y of A']),
        ("A=''", ["name A"]),
        ("'A b'=x", ["name A b", "value x of A b"]),
        ("A", ["name A"]),
        ("\ufeffA=x\r\n \r\n# B=y\r\nC=z", ["name A", "value x of A", "name C", "value z of C"]),
        ("a.b-c=x=y", ["name a.b-c", "value x=y of a.b-c"]),
        ("", []),
    ],
)
def test_entries(source: str, expected: list[str]) -> None:
    assert mentioned(read, source) == expected


def test_places() -> None:
    assert placed(read, "\n  export A = 'x\ny'\nB=z") == [
        ("A", 2, 10),
        ("x\ny", 2, 14),
        ("B", 4, 1),
        ("z", 4, 3),
    ]


@pytest.mark.parametrize(
    "source", ["A=1\nB C", "A=1\n=x", 'A=1\nB="x', "A=1\nB='x' y", "A=1\nB= 'x"]
)
def test_a_line_that_is_nothing(source: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(source.encode())

    assert (caught.value.line, caught.value.column) == (2, 1)


PIECES = ["A", "b", "=", " ", "\n", "\r\n", "#", "'", '"', "export ", "x y", "\t"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_names_are_those_that_python_dotenv_reads(source: str) -> None:
    try:
        found = {one.text for one in read(source.encode())[1] if one.kind == "name"}
    except UnreadableError:
        return
    assert found == set(dotenv.dotenv_values(stream=io.StringIO(source), interpolate=False))
