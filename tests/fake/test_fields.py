"""The four fields of a body."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.fake.rules.fields import Fields, read_fields
from pytest_julep_secrets.fake.rules.replies import Detail


def mistakes(body: object) -> list[tuple[str, str, str]]:
    details: list[Detail] = []
    assert read_fields(body, details) is None
    return [(detail["type"], detail["loc"], detail["received"]) for detail in details]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (None, [("missing", "body", "None")]),
        ([], [("model_attributes_type", "body", "[]")]),
        ("sk", [("model_attributes_type", "body", "sk")]),
        (b"a=b", [("model_attributes_type", "body", "b'a=b'")]),
        (5, [("model_attributes_type", "body", "5")]),
        (False, [("model_attributes_type", "body", "False")]),
        ({}, [("missing", "name", "{}"), ("missing", "value", "{}")]),
        ({"value": "sk"}, [("missing", "name", "{'value': 'sk'}")]),
        ({"name": None, "value": "v"}, [("string_type", "name", "None")]),
        ({"name": "k", "value": ["sk"]}, [("string_type", "value", "['sk']")]),
        ({"name": "k", "value": 1.0}, [("string_type", "value", "1.0")]),
        (
            {"value": 2, "description": 3, "metadata": [4], "name": 1},
            [
                ("dict_type", "metadata", "[4]"),
                ("string_type", "name", "1"),
                ("string_type", "description", "3"),
                ("string_type", "value", "2"),
            ],
        ),
    ],
)
def test_mistakes_in_the_order_of_the_servers_model(
    body: object, expected: list[tuple[str, str, str]]
) -> None:
    assert mistakes(body) == expected


def test_unknown_keys_are_ignored_and_null_counts_as_absent() -> None:
    body = {"id": 5, "name": "k", "value": "", "description": None, "metadata": None}

    assert read_fields(body, []) == Fields("k", "")


def test_a_detail_has_its_keys_in_the_servers_order() -> None:
    details: list[Detail] = []
    read_fields({"name": "k"}, details)

    assert list(details[0]) == ["type", "msg", "loc", "fix", "example", "received"]
