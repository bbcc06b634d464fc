"""The page of pytest-html."""

from __future__ import annotations

import html
import json

import pytest

from artefacts.origins.telling import told

TESTS = {
    'test_a.py::test_a["é"]': [{"log": 'PLANT &lt;"', "tests": {"x": ["PLANT"]}}],
    "test_a.py::test_b": [{"extras": []}, {"log": "PLANT", "nodeid": "other"}],
}
BLOB = {"environment": {"a": ["PLANT"]}, "tests": TESTS, "title": "PLANT"}


def page(blob: str, before: str = "") -> str:
    # As markupsafe does.
    escaped = html.escape(blob, quote=False).replace('"', "&#34;").replace("'", "&#39;")
    return f'<!DOCTYPE html>\n<html>{before}PLANT<div data-jsonblob="{escaped}"></div>PLANT</html>'


@pytest.mark.parametrize("before", ["", "x" * 65_480, "x" * 70_000])
def test_what_stands_under_a_node_id_is_its(before: str) -> None:
    first, second = TESTS

    assert told(page(json.dumps(BLOB), before)) == ["", "", first, first, second, "", ""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            page(json.dumps(BLOB)).partition("other")[0],
            ["", "", *[next(iter(TESTS))] * 2, "test_a.py::test_b"],
            id="cut",
        ),
        pytest.param("<html>PLANT</html>", [""], id="another page"),
        pytest.param(page("PLANT"), ["", "", ""], id="no JSON"),
        pytest.param(page('{"tests": [["PLANT"]]}'), ["", "", ""], id="another shape"),
    ],
)
def test_what_was_understood_counts(text: str, expected: list[str]) -> None:
    assert expected == told(text)
