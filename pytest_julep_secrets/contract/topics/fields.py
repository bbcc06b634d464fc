"""What is said of fields that are missing or of the wrong kind, and of ids that are none."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_julep_secrets.contract.caller import VALUE, Caller, item
from pytest_julep_secrets.contract.replies import same

_MISSING = {
    "fix": "Add this required field to your request",
    "example": '{ "field_name": "value" }',
}
_UUID_FIX = "Provide a valid UUID (e.g., 123e4567-e89b-12d3-a456-426614174000)"
_UUID_START = "0195a000-1111-7222-8333-4444555566"
_NO_UUID = "Input should be a valid UUID,"
_WORDS: list[tuple[str, str, Any, str]] = [
    ("POST", "/secrets", {"value": "v"}, "Field required"),
    ("POST", "/secrets", {"name": 1, "value": "v"}, "Input should be a valid string"),
    (
        *("POST", "/secrets", {"name": "n", "value": "v", "metadata": 1}),
        "Input should be a valid dictionary",
    ),
    ("POST", "/secrets", [], "Input should be a valid dictionary or object to extract fields from"),
    (
        *("DELETE", "/secrets/nope", None),
        (
            f"{_NO_UUID} invalid character: expected an optional prefix of `urn:uuid:` followed by "
            "[0-9a-fA-F-], found `n` at 1"
        ),
    ),
    (
        *("DELETE", f"/secrets/{_UUID_START}667", None),
        f"{_NO_UUID} invalid group length in group 4: expected 12, found 13",
    ),
    (
        *("DELETE", "/secrets/123", None),
        f"{_NO_UUID} invalid length: expected length 32 for simple format, found 3",
    ),
    (
        *("DELETE", "/secrets/0195a000-1111", None),
        f"{_NO_UUID} invalid group count: expected 5, found 2",
    ),
]


class FieldPromises:
    """Validation: every mistake of a request is told at once, as a 422."""

    def test_how_mistakes_are_told(self, api: Caller) -> None:
        """A 422 says "Validation error", with details; each has type, msg, loc and received.

        Source: recordings `create-value-number`, `create-all-wrong`.
        """
        response = api.send("POST", json=api.body() | {"value": 5})

        (detail,) = api.mistakes(response)
        assert list(detail) == ["type", "msg", "loc", "received"]
        assert list(response.json()["error"]) == ["message", "details", "code"]

    @pytest.mark.parametrize("given", [5, 1.5, True, ["a"], {"a": "b"}, None])
    @pytest.mark.parametrize("field", ["name", "value"])
    def test_name_and_value_are_strings(self, api: Caller, field: str, given: object) -> None:
        """A name or a value that is no string is refused, null too; what was sent is echoed.

        Source: recordings `create-value-number`, `create-value-null`, `create-value-list`,
        `create-value-bool`, `create-name-number`, `create-name-null`,
        `sdk-create-wrong-type-leaks`.
        """
        (detail,) = api.mistakes(api.send("POST", json={**api.body(), field: given}))

        expected = {"type": "string_type", "loc": field, "received": str(given)}
        assert {key: detail[key] for key in expected} == expected
        assert api.own() == []

    def test_an_update_is_validated_alike(self, api: Caller) -> None:
        """An update's fields are held to the same rules, and nothing changes if one is broken.

        Source: recordings `update-value-null`, `update-value-number`, `update-empty-object`.
        """
        secret = api.create()
        bodies: tuple[dict[str, Any], ...] = (
            {"value": None, "name": 1},
            {"metadata": [], "description": 2},
            {},
        )

        places = [
            [detail["loc"] for detail in api.mistakes(api.send("PUT", item(secret), json=body))]
            for body in bodies
        ]

        assert places == [
            ["name", "value"],
            ["metadata", "name", "description", "value"],
            ["name", "value"],
        ]
        assert same(api.find(secret), secret)

    @pytest.mark.parametrize("given", [5, ["a"], {}, False])
    def test_a_description_is_a_string(self, api: Caller, given: object) -> None:
        """A description that is neither a string nor null is refused.

        Source: recording `create-description-number`.
        """
        (detail,) = api.mistakes(api.send("POST", json=api.body(description=given)))

        assert (detail["type"], detail["loc"]) == ("string_type", "description")

    @pytest.mark.parametrize("given", [5, "text", ["a"], True])
    def test_metadata_is_an_object(self, api: Caller, given: object) -> None:
        """Metadata that is neither an object nor null is refused.

        Source: recordings `create-metadata-list`, `create-metadata-string`,
        `create-metadata-number`, `update-metadata-list`, `sdk-create-metadata-not-object`.
        """
        (detail,) = api.mistakes(api.send("POST", json=api.body(metadata=given)))

        assert (detail["type"], detail["loc"]) == ("dict_type", "metadata")

    def test_all_mistakes_at_once(self, api: Caller) -> None:
        """All fields' mistakes are told: metadata, name, description, value.

        Source: recordings `create-all-wrong`, `create-both-missing`.
        """
        body = {"value": 1, "description": 2, "name": 3, "metadata": 4}

        details = api.mistakes(api.send("POST", json=body))

        assert [detail["loc"] for detail in details] == ["metadata", "name", "description", "value"]

    def test_a_missing_field(self, api: Caller) -> None:
        """A missing name or value is told with advice, in this order of keys.

        Source: recordings `create-name-missing`, `create-value-missing`, `create-both-missing`.
        """
        details = api.mistakes(api.send("POST", json={}))

        assert [detail["loc"] for detail in details] == ["name", "value"]
        for detail in details:
            assert detail["type"] == "missing"
            assert list(detail) == ["type", "msg", "loc", "fix", "example", "received"]
            assert same({key: detail[key] for key in _MISSING}, _MISSING)

    def test_a_missing_name_echoes_the_body(self, api: Caller) -> None:
        """Of a missing field the whole body is echoed, with the value in it, as Python shows it.

        Source: recordings `create-name-missing`, `update-name-missing`.
        """
        (detail,) = api.mistakes(api.send("POST", json={"value": VALUE, "metadata": {"a": None}}))

        assert detail["received"] == str({"value": VALUE, "metadata": {"a": None}})

    def test_an_echo_is_never_cut(self, api: Caller) -> None:
        """What is echoed is echoed whole.

        Source: recording `create-metadata-long-string`.
        """
        (detail,) = api.mistakes(api.send("POST", json=api.body(metadata="m" * 20_000)))

        assert detail["received"] == "m" * 20_000

    def test_an_echo_escapes_half_a_character(self, api: Caller) -> None:
        """Half a surrogate pair inside of what is echoed is escaped.

        Source: recording `create-surrogate-in-container`.
        """
        (detail,) = api.mistakes(api.send("POST", json={"name": "\ud800"}))

        assert detail["received"] == r"{'name': '\ud800'}"

    def test_half_a_character_alone_cannot_be_echoed(self, api: Caller) -> None:
        """Where half a surrogate pair is itself what is echoed, the server fails: a plain 500.

        Source: measured: metadata that is such a string.
        """
        response = api.send("POST", json=api.body(metadata="\ud800"))

        api.check_deployed(response, 500, "half a character is echoed otherwise here")
        assert response.text == "Internal Server Error"

    def test_validation_comes_before_the_database(self, api: Caller) -> None:
        """A name in use and a field of the wrong kind: a 422.

        Source: recordings `create-duplicate-invalid-metadata`, `update-unknown-id-invalid-body`.
        """
        secret = api.create()

        api.mistakes(api.send("POST", json=api.body(metadata=[])))
        assert same(api.find(secret), secret)

    @pytest.mark.parametrize(
        ("secret_id", "received"),
        [
            *((plain, plain) for plain in ("not-a-uuid", "123", "null", "my_api_key")),
            (f"{_UUID_START}667", f"{_UUID_START}667"),
            (f"{_UUID_START}6g", f"{_UUID_START}6g"),
            ("0195a000-11117222-8333-4444-55556666", "0195a000-11117222-8333-4444-55556666"),
            (f"{_UUID_START}66%20", f"{_UUID_START}66 "),
            ("%C3%A9", "é"),
            ("a%20b", "a b"),
        ],
    )
    @pytest.mark.parametrize("method", ["PUT", "DELETE"])
    def test_an_id_that_is_none(
        self, api: Caller, method: str, secret_id: str, received: str
    ) -> None:
        """An id that is no UUID, such as a name, is a 422 of the path.

        Source: recordings `update-malformed-id-*`, `delete-malformed-id-*`, `delete-by-name`,
        `update-by-name`.
        """
        body = api.body() if method == "PUT" else None

        (detail,) = api.mistakes(api.send(method, item(secret_id), json=body))

        expected = {"loc": "path.secret_id", "fix": _UUID_FIX, "received": received}
        assert detail["type"] == "uuid_parsing"
        assert {key: detail[key] for key in expected} == expected

    def test_the_path_comes_before_the_body(self, api: Caller) -> None:
        """A bad id and a bad body are told together, the id first.

        Source: recording `update-malformed-id-and-body`.
        """
        details = api.mistakes(api.send("PUT", item("nope"), json={"value": VALUE}))

        assert [detail["loc"] for detail in details] == ["path.secret_id", "name"]

    @pytest.mark.parametrize(("method", "path", "body", "words"), _WORDS)
    def test_the_words_of_mistakes(
        self, api: Caller, method: str, path: str, body: Any, words: str
    ) -> None:
        """Mistakes are told in the words of pydantic 2.10.

        Source: recordings `create-all-wrong`, `update-malformed-id-word`,
        `delete-malformed-id-too-long`, `delete-malformed-id-number`.
        """
        (detail,) = api.mistakes(api.send(method, path, json=body))

        api.check_words(detail["msg"], words)
