"""What becomes of metadata: it is kept as PostgreSQL's JSONB."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_julep_secrets.contract.caller import Caller
from pytest_julep_secrets.contract.replies import done, in_order, parsed, same, unstorable

_JSON = {"Content-Type": "application/json"}


class MetadataPromises:
    """Metadata, in and out."""

    def test_every_kind_of_json(self, api: Caller) -> None:
        """Objects, lists, texts, numbers, booleans and null come back as they were, under any key.

        Source: recordings `create-metadata-nested`, `scenario-random-1`; PostgreSQL's JSONB.
        """
        metadata = {
            "l": [1, "two", None, True, {"x": []}],
            "o": {"a": {"b": {"c": {}}}},
            "u": "héllo 世界 😀",
            "d": 1.5,
            "i": -7,
            "f": False,
            "n": None,
            "": {"": 0},
            "a b/$.é": "any key",
        }

        shown = api.create(metadata=metadata)

        assert same(shown["metadata"], metadata)
        assert same(api.find(shown), shown)

    def test_keys_are_ordered_by_their_length(self, api: Caller) -> None:
        """Keys come in the order of their bytes' number, then of their bytes; inside, too.

        Source: recordings `create-metadata-nested`, `scenario-random-1`; PostgreSQL's JSONB.
        """
        keys = ["b", "aa", "Z", "ä", "a", "aaa", "€"]

        shown = api.create(metadata={"keys": dict.fromkeys(keys, 1)})

        assert list(shown["metadata"]["keys"]) == ["Z", "a", "b", "aa", "ä", "aaa", "€"]

    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ("1", "1"),
            ("1.0", "1.0"),
            ("1e2", "100.0"),
            ("-0.0", "0.0"),
            ("1e16", "10000000000000000"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("0.1", "0.1"),
            ("1.5e-7", "1.5e-07"),
        ],
    )
    def test_numbers(self, api: Caller, written: str, shown: str) -> None:
        """Numbers keep their kind; a minus before 0.0 is lost, and large ones become integers.

        Source: measured: the server's JSON into PostgreSQL's numeric, and out again.
        """
        body = json.dumps(api.body(metadata={"n": "?"})).replace('"?"', written)

        made = done(api.send("POST", content=body.encode(), headers=_JSON))

        assert in_order(made["metadata"], json.loads(f'{{"n": {shown}}}'))

    @pytest.mark.parametrize("written", ["NaN", "Infinity", "-Infinity", "1e400"])
    def test_what_is_no_number(self, api: Caller, written: str) -> None:
        """NaN and infinity can be sent, and not be stored: a 400.

        Source: recording `create-metadata-nan`.
        """
        body = json.dumps(api.body(metadata={"n": ["?"]})).replace('"?"', written)

        response = api.send("POST", content=body.encode(), headers=_JSON)

        assert same(parsed(response, 400), unstorable("create"))
        assert api.own() == []

    @pytest.mark.parametrize(
        "metadata", [{"a\0b": 1}, {"a": [{"\0": 1}]}, {"a": "\ud800"}, {"\udfff": 1}]
    )
    def test_what_cannot_be_stored(self, api: Caller, metadata: dict[str, Any]) -> None:
        """A NUL in a key, and half a surrogate pair anywhere, are a 400.

        Source: recordings `create-metadata-nul-in-key`, `create-metadata-lone-surrogate`.
        """
        response = api.send("POST", json=api.body(metadata=metadata))

        assert same(parsed(response, 400), unstorable("create"))
        assert api.own() == []

    def test_two_halves_make_a_character(self, api: Caller) -> None:
        """A surrogate pair that is written as two escapes is one character.

        Source: JSON (RFC 8259, section 7); measured.
        """
        body = json.dumps(api.body(metadata={"a": "😀"}))
        assert "\\ud83d\\ude00" in body

        made = done(api.send("POST", content=body.encode(), headers=_JSON))

        assert same(made["metadata"], {"a": "😀"})

    def test_depth(self, api: Caller) -> None:
        """Metadata may nest 100 deep.

        Source: recording `create-metadata-deep-100`.
        """
        metadata: dict[str, Any] = {"a": 1}
        for _ in range(99):
            metadata = {"a": metadata}

        assert same(api.create(metadata=metadata)["metadata"], metadata)

    def test_size(self, api: Caller) -> None:
        """Metadata may be large: 64 KB.

        Source: recording `create-metadata-64kb`.
        """
        metadata = {"text": "m" * 65_536}

        assert same(api.create(metadata=metadata)["metadata"], metadata)
