"""Reports in JSON."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artefacts.origins.telling import told
from pytest_julep_secrets.artefacts.origins.json_tokens import IN_HTML, PLAIN, Notation, tokens

A, B = 'tests/test_a.py::test_a["é\\]', "tests/test_a.py::test_b"


def line(test: str, text: str = "PLANT") -> str:
    return json.dumps({"longrepr": {"chain": [{"nodes": text}]}, "nodeid": test})


def test_a_line_is_its_tests_wherever_the_node_id_stands() -> None:
    first = json.dumps({"nodeid": A, "sections": [["out", "PLANT"]], "z": {"nodes": "PLANT"}})
    text = f'{first}\n{line(B)}\r\n{{"$report_type": "PLANT"}}\n{line("")}\n'

    assert told(text) == [A, A, B, "", ""]


@pytest.mark.parametrize("indent", [None, 0, 4])
def test_the_innermost_object_counts(indent: int | None) -> None:
    report = {
        "environment": "PLANT",
        "collectors": [{"result": [{"nodeid": "c", "a": "PLANT"}], "longrepr": "PLANT"}],
        "tests": [{"call": {"stdout": 'PLANT "nodeid": "no"'}, "nodeid": A}, {"nodeid": B}],
    }
    report["collectors"][0]["nodeid"] = "tests/test_a.py"  # type: ignore[index]

    assert told(json.dumps(report, indent=indent)) == ["", "c", "tests/test_a.py", A]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"nodeid": "a", "x": "PLANT', ["a"], id="cut in a string"),
        pytest.param('{"nodeid": "a", "x": ["PLANT", {', ["a"], id="cut"),
        pytest.param('{"x": "PLANT", "nodeid": "a', [""], id="cut in the node id"),
        pytest.param(
            f'{line(A)}\n{{"nodeid": "a", "x": "PLANT\n{line(B)}', [A, "a", B], id="a cut line"
        ),
        pytest.param(
            f'{{"nodeid": "a", "x": "PLANT{"x" * 99_999}PLANT\nPLANT{line(B)}',
            ["a", "a", "", B],
            id="a long cut line",
        ),
        pytest.param(
            f'{line(A)}\n{{"nodeid": "a", "x": [{{\n{line(B)}', [A, B], id="a cut line, not in text"
        ),
        pytest.param('{"nodeid": "\\x", "x": "PLANT"}', [""], id="a bad escape"),
        pytest.param('{"nodeid": 1, "x": "PLANT"}', [""], id="no text"),
        pytest.param('{"a": "nodeid", "b": "x", "c": "PLANT"}', [""], id="a value"),
        pytest.param('{"nodeid": {"a": "b"}, "c": "PLANT"}', [""], id="an object"),
        pytest.param('}]{"nodeid": "a", "x": "PLANT"}', [""], id="no JSON"),
        pytest.param('{"a":}]]{"nodeid": "a", "x": "PLANT"}', ["a"], id="closed too often"),
        pytest.param("[" * 99_999 + "PLANT", [""], id="deep"),
        pytest.param(f'{{"nodeid": "a", "x": {"[" * 99}"PLANT"', ["a"], id="in what is deep"),
        pytest.param(f'{{"x": {"[" * 99}{"]" * 99}, "nodeid": "a", "y": "PLANT"}}', ["a"], id="x"),
        pytest.param('{"nodeid": "' + "a" * 99_999 + '", "x": "PLANT"}', [""], id="a long one"),
        pytest.param(
            '{"x": "' + r"\"\\" * 99_999 + 'PLANT", "nodeid": "a"}', ["a"], id="a long text"
        ),
    ],
)
def test_what_was_understood_counts(text: str, expected: list[str]) -> None:
    assert expected == told(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def told_tokens(parts: list[bytes], notation: Notation) -> list[tuple[object, ...]]:
    return [
        (
            one.lastgroup,
            *(part and html.unescape(part.decode()) for part in one.group("name", "test")),
        )
        for _, one in tokens(parts, notation)
    ]


@settings(max_examples=50, deadline=None)
@given(JSON, st.integers(1, 20), st.booleans())
def test_chunks_and_quotes_change_nothing(value: object, size: int, ascii_only: bool) -> None:
    text = json.dumps({"nodeid": "&#34;", "a": value}, ensure_ascii=ascii_only)
    plain = text.encode("utf-8", "replace").replace(b"&", b"+")
    escaped = plain.replace(b"'", b"&#39;").replace(b'"', b"&#34;")
    whole = told_tokens([plain], PLAIN)

    for data, notation in ((plain, PLAIN), (escaped, IN_HTML)):
        cut = [data[at : at + size] for at in range(0, len(data), size)]
        assert told_tokens(cut, notation) == whole
        assert told_tokens([data], notation) == whole
    kinds = [kind for kind, _, _ in whole]
    assert kinds.count("begin") == kinds.count("close") == 1 + containers(value)


def containers(value: object) -> int:
    match value:
        case dict():
            return 1 + sum(map(containers, value.values()))
        case list():
            return 1 + sum(map(containers, value))
    return 0
