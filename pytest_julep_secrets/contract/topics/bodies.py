"""What counts as a body, before anybody looks at its fields."""

from __future__ import annotations

import json

import pytest

from pytest_julep_secrets.contract.caller import VALUE, Caller, item
from pytest_julep_secrets.contract.replies import done, parsed, same

_UNPARSEABLE = {"detail": "There was an error parsing the body"}
_JSON = {"Content-Type": "application/json"}


class BodyPromises:
    """Bodies of creates and updates."""

    @pytest.mark.parametrize(
        "content_type",
        [
            *(None, "", "application/json; charset=utf-8", "APPLICATION/JSON"),
            *("application/vnd.api+json", "Application/Problem+JSON"),
        ],
    )
    def test_what_counts_as_json(self, api: Caller, content_type: str | None) -> None:
        """No content type, an empty one, and any of application that is JSON or +json.

        Source: recordings `create-ct-missing`, `create-ct-charset`, `create-ct-suffix-json`,
        `create-ct-uppercase`.
        """
        content = json.dumps(api.body()).encode()

        response = api.send("POST", content=content, headers={"Content-Type": content_type})

        assert done(response)["name"] == api.name()

    @pytest.mark.parametrize(
        "content_type",
        [
            *("text/plain", "application/octet-stream", "application/x-www-form-urlencoded"),
            *("text/json", "json", "application/jsonp", "application/x/json"),
        ],
    )
    def test_another_content_type(self, api: Caller, content_type: str) -> None:
        """Another content type is refused, and the raw body echoed, with the value in it.

        Source: recordings `create-ct-text-plain`, `create-ct-form`, `create-ct-octet-stream`,
        `update-ct-form`.
        """
        content = json.dumps(api.body()).encode()

        response = api.send("POST", content=content, headers={"Content-Type": content_type})

        (detail,) = api.mistakes(response)
        assert (detail["type"], detail["loc"]) == ("model_attributes_type", "body")
        assert detail["received"] == str(content)
        assert api.own() == []

    @pytest.mark.parametrize("content", [b"", b"null"])
    @pytest.mark.parametrize("method", ["POST", "PUT"])
    def test_no_body(self, api: Caller, method: str, content: bytes) -> None:
        """No body, and null, are a missing body.

        Source: recordings `create-body-empty`, `create-body-none`, `create-body-null`,
        `update-body-none`.
        """
        path = "/secrets" if method == "POST" else item(api.create("other"))

        (detail,) = api.mistakes(api.send(method, path, content=content, headers=_JSON))

        assert (detail["type"], detail["loc"]) == ("missing", "body")
        assert detail["received"] == "None"

    def test_no_body_of_another_type(self, api: Caller) -> None:
        """An empty body is a missing one, whatever its content type.

        Source: recording `create-ct-text-plain-empty`.
        """
        response = api.send("POST", content=b"", headers={"Content-Type": "text/plain"})

        assert [detail["type"] for detail in api.mistakes(response)] == ["missing"]

    @pytest.mark.parametrize(
        ("content", "received"),
        [
            ("[]", "[]"),
            ('"text"', "text"),
            ("5", "5"),
            ("true", "True"),
            ('[{"a":1}]', "[{'a': 1}]"),
        ],
    )
    def test_json_that_is_no_object(self, api: Caller, content: str, received: str) -> None:
        """A body that is no object is refused, and echoed as Python shows it.

        Source: recordings `create-body-empty-array`, `create-body-string`, `create-body-number`,
        `create-body-array-of-secrets`.
        """
        (detail,) = api.mistakes(api.send("POST", content=content.encode(), headers=_JSON))

        assert (detail["type"], detail["loc"]) == ("model_attributes_type", "body")
        assert detail["received"] == received

    @pytest.mark.parametrize(
        ("content", "offset"),
        [
            ('{"name":"k","value":"made-up"', 29),
            ("{", 1),
            ("hello", 0),
            ("{'name':'k'}", 1),
            ('{"name":"é🔑","value":}', 21),
            ('{"name":"k"} x', 13),
        ],
    )
    @pytest.mark.parametrize("method", ["POST", "PUT"])
    def test_no_json(self, api: Caller, method: str, content: str, offset: int) -> None:
        """What is no JSON is a 422 that names the place, in characters, and echoes nothing.

        Source: recordings `create-json-invalid-*`, `update-invalid-json`,
        `update-malformed-id-invalid-json`.
        """
        path = "/secrets" if method == "POST" else item("nope")

        (detail,) = api.mistakes(api.send(method, path, content=content.encode(), headers=_JSON))

        assert detail == {
            "type": "json_invalid",
            "msg": "JSON decode error",
            "loc": f"[{offset}]",
            "fix": "Provide valid JSON format",
            "received": "{}",
        }

    @pytest.mark.parametrize("space", ["", " \n"], ids=["at-once", "behind-space"])
    def test_a_comma_too_many(self, api: Caller, space: str) -> None:
        """Of a comma before the end, the place of the end is named, as CPython 3.12 does.

        Source: recording `create-json-invalid-trailing-comma`; CPython's `json`.
        """
        content = f'{{"name":"k","value":"made-up",{space}}}'.encode()

        (detail,) = api.mistakes(api.send("POST", content=content, headers=_JSON))

        assert detail["type"] == "json_invalid"
        api.check_words(detail["loc"], f"[{30 + len(space)}]")

    @pytest.mark.parametrize(
        "content",
        [
            b'{"name":"k","value":"made-up-\xe9"}',
            b'{"name":"k","value":"v","metadata":{"i":' + b"9" * 5000 + b"}}",
            b'{"name":"k","value":"v","metadata":' + b'{"a":' * 5000 + b"1" + b"}" * 5001,
            # What is closed on the way down, or before, does not make it less deep.
            b"[" + b"[]," * 6000 + (b"[" * 1000 + b"[],") * 5 + b"1" + b"]" * 5001,
        ],
        ids=["no-utf-8", "digits", "deep", "deep-beside-others"],
    )
    def test_what_cannot_be_read_at_all(self, api: Caller, content: bytes) -> None:
        """A body that is no UTF-8, has an integer of 5,000 digits or nests 5,000 deep is a 400.

        Source: recordings `create-body-invalid-utf8`, `create-metadata-int-5000-digits`.
        """
        response = api.send("POST", content=content, headers=_JSON)

        assert same(parsed(response, 400), _UNPARSEABLE)

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
    def test_unicode_encodings(self, api: Caller, encoding: str) -> None:
        """A byte order mark is tolerated, and JSON may be UTF-16 or UTF-32.

        Source: recording `create-body-utf8-bom`; CPython's `json.loads`.
        """
        content = json.dumps(api.body(description="é"), ensure_ascii=False).encode(encoding)

        response = api.send("POST", content=content, headers=_JSON)

        assert done(response)["description"] == "é"

    def test_of_a_key_that_comes_twice_the_last_counts(self, api: Caller) -> None:
        """Of a field that is given twice, the last counts; in metadata, too.

        Source: recordings `create-duplicate-body-keys`, `create-metadata-duplicate-keys`.
        """
        content = (
            f'{{"name":"{api.name("a")}","name":"{api.name("b")}","value":"{VALUE}",'
            '"metadata":{"a":1,"b":2,"a":3}}'
        )

        shown = done(api.send("POST", content=content.encode(), headers=_JSON))

        assert shown["name"] == api.name("b")
        assert same(shown["metadata"], {"a": 3, "b": 2})

    def test_accept_is_ignored(self, api: Caller) -> None:
        """The answer is JSON, whatever is accepted.

        Source: recording `create-accept-ignored`.
        """
        response = api.send("POST", json=api.body(), headers={"Accept": "text/html"})

        assert done(response)["name"] == api.name()
        assert response.headers["content-type"] == "application/json"
