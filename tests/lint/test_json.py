"""JSON with its places."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint.reading import placed
from pytest_julep_secrets.documents.json import load
from pytest_julep_secrets.documents.unreadable import UnreadableError
from pytest_julep_secrets.lint.json import read

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.text() | st.integers() | st.floats() | st.booleans() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return value if isinstance(value, str) else json.dumps(value)


@settings(max_examples=50)
@given(value=VALUES, ascii_only=st.booleans(), indent=st.sampled_from([None, 2]))
def test_documents_are_what_they_say(value: Any, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    assert load(text) == as_text(value)


def test_places() -> None:
    source = '{"env":\n {"É": "a", "B": "x\\"y"}\n}'

    assert placed(read, source) == [("É", 2, 3), ("a", 2, 8), ("B", 2, 13), ('x"y', 2, 18)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("{", 1, 2),
        ('{"a": 1}\n//', 2, 1),
        ('{"a": 1,\n"a": 2}', 2, 1),
        ("[" * 150 + "]" * 150, 1, 101),
        ("[" * 100_000, 1, 1),
        ("1" * 5000, 1, 1),
        ("", 1, 1),
    ],
    ids=["open", "comment", "twice", "deep", "deeper", "long number", "empty"],
)
def test_what_is_no_json_is_said_so(text: str, line: int, column: int) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(text.encode())

    assert (caught.value.line, caught.value.column) == (line, column)
