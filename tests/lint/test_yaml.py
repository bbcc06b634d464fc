"""YAML with its places."""

from __future__ import annotations

import pytest

from lint.reading import placed
from pytest_julep_secrets.documents import yaml
from pytest_julep_secrets.documents.unreadable import NoLibraryError, UnreadableError
from pytest_julep_secrets.documents.yaml import load
from pytest_julep_secrets.lint.yaml import read


def test_documents_are_what_they_say() -> None:
    text = "a: [1, x, {b: null}]\n---\n&x y\n--- |\n  text\n"

    assert load(text) == [{"a": ["1", "x", {"b": "null"}]}, "y", "text\n"]


def test_places_are_those_of_an_editor() -> None:
    source = "env:\r\n  É: 'a'\n  B: \"x\u2028y\"\n  C:\n    |\n    z\n"

    assert placed(read, source) == [
        ("É", 2, 3),
        ("a", 2, 6),
        ("B", 3, 3),
        ("x\u2028y", 3, 6),
        ("C", 4, 3),
        ("z\n", 5, 5),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: [", 1, 5),
        ("a: b\n  c: d: e", 2, 4),
        ("a: *nothing", 1, 4),
        ("a: 1\na: 2", 2, 1),
        ("<<: {}\n<<: {}", 2, 1),
        ("'': 1\n'': 2", 2, 1),
        ("a:\n  ? [b]\n  : c", 2, 5),
        ("a: {{ b }}", 1, 5),
        ("[" * 200, 1, 101),
        ("- " * 200, 1, 201),
        ("a: \x07", 1, 1),
    ],
)
def test_what_is_no_yaml_is_said_so(text: str, line: int, column: int) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(text.encode())

    assert (caught.value.line, caught.value.column) == (line, column)


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(UnreadableError, match="not UTF-8") as caught:
        read(b"a\nb\n\xff")
    assert caught.value.line == 3

    with pytest.raises(UnreadableError, match="NUL") as caught:
        read(b"a\n\0")
    assert caught.value.line == 2


def test_tags_make_nothing() -> None:
    assert load("!!python/object/apply:os.system [a]") == [["a"]]


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "yaml", None)

    with pytest.raises(NoLibraryError, match=r"pip install 'pytest-julep-secrets\[yaml\]'"):
        read(b"a: b")
