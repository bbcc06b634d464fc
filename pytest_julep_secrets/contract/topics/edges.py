"""Edges of the rules: each tells the server from one that is wrong in one small place."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from random import Random
from string import ascii_letters
from typing import Any
from uuid import UUID

import pytest

from pytest_julep_secrets.contract.caller import UNKNOWN_ID, VALUE, Caller, item
from pytest_julep_secrets.contract.replies import MASK, done, moment, parsed, same, unstorable

_JSON = {"Content-Type": "application/json"}
_ORIGIN = {"Origin": "http://app.example"}

_CHARACTER = "character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found"
_MISTAKES = [
    ("0195A000-BCDEF", "group count: expected 5, found 2"),
    ("urn:uuid:0195a000", "group count: expected 5, found 1"),
    ("URN:UUID:0195a000-1111-7222-8333-444455556666", f"{_CHARACTER} `U` at 1"),
    ("0195a00-1111-7222-8333-444455556666", "group length in group 0: expected 8, found 7"),
    ("0195a000-111-7222-8333-444455556666", "group length in group 1: expected 4, found 3"),
    ("0195a000-1111-722-8333-444455556666", "group length in group 2: expected 4, found 3"),
    ("0195a000-1111-7222-833-444455556666", "group length in group 3: expected 4, found 3"),
    ("urn:uuid:0195a000-1111-7222-8333-4", "group length in group 4: expected 12, found 10"),
    ("{}", "group count: expected 5, found 1"),
    ("{0195z}", f"{_CHARACTER} `z` at 6"),
    ("urn:uuid:0195z", f"{_CHARACTER} `z` at 14"),
    ("{0195z000-1111-7222-8333-444455556666}", f"{_CHARACTER} `z` at 5"),
    ("{0195a000-1111", f"{_CHARACTER} `{{` at 1"),
]


class EdgePromises:
    """What is easily taken for granted."""

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            *(("GET", "/secrets", 200), ("GET", "/secrets/", 307), ("PATCH", "/secrets", 405)),
            *(("DELETE", item("é"), 422), ("GET", "/no/such/path", 404)),
        ],
    )
    def test_the_length_is_told(self, api: Caller, method: str, path: str, status: int) -> None:
        """Any answer tells the length of its body, in bytes.

        Source: measured; Starlette.
        """
        response = api.send(method, path, headers={"Accept-Encoding": "identity"})

        assert response.status_code == status
        length = response.headers.get("content-length")
        # A gateway may send an answer on in chunks.
        assert length == str(len(response.content)) or (length is None and not api.target.exact)

    def test_the_time_is_told(self, api: Caller) -> None:
        """Any answer tells the time, and by whom it is: uvicorn, unless somebody is in front.

        Source: measured; uvicorn 0.29.0.
        """
        headers = api.send("GET", query="limit=1").headers

        told = parsedate_to_datetime(headers["date"])
        assert headers["date"].endswith(" GMT")
        if api.target.exact:
            assert abs(told - datetime.now(UTC)) < timedelta(minutes=1)
            assert headers["server"] == "uvicorn"

    def test_only_options_is_a_preflight(self, api: Caller) -> None:
        """Another method is none, whatever it asks; nor is a request without an origin.

        Source: Starlette 0.46.0 `CORSMiddleware`; recordings `options-origin-only`, `cors-get`.
        """
        api.needs("cors")
        asked = {"Access-Control-Request-Method": "GET"}

        response = api.send("GET", query="limit=1", headers={**_ORIGIN, **asked})
        without = api.send("OPTIONS", headers=asked)

        assert isinstance(parsed(response, 200), list)
        assert parsed(without, 405) == {"detail": "Method Not Allowed"}

    def test_a_cookie_takes_no_header_away(self, api: Caller) -> None:
        """With a cookie the answer is JSON, as ever.

        Source: Starlette 0.46.0 `CORSMiddleware`; recording `cors-get`.
        """
        response = api.send("GET", query="limit=1", headers={**_ORIGIN, "Cookie": "a=b"})

        assert response.headers["content-type"] == "application/json"

    @pytest.mark.parametrize("path", ["/secretsX/", "/secret/", "/secrets//", "/secrets%0A%0A"])
    def test_a_path_that_resembles_one(self, api: Caller, path: str) -> None:
        """Only slashes at the end lead on, and only to a path that is there.

        Source: recordings `slash-get`, `double-slash`; Starlette's `redirect_slashes`.
        """
        status = 307 if path == "/secrets//" else 404

        assert api.send("GET", path).status_code == status

    def test_many_brackets_are_not_deep(self, api: Caller) -> None:
        """Thousands of lists side by side are no deeper than one; nor are brackets in a text.

        Source: recording `create-metadata-64kb`; CPython's `json`.
        """
        metadata = {"lists": [[]] * 3000, "text": "[{" * 3000}

        assert same(api.create(metadata=metadata)["metadata"], metadata)

    @pytest.mark.parametrize("kind", ["objects", "lists"])
    def test_255_levels(self, api: Caller, kind: str) -> None:
        """Metadata may nest 255 deep. With 256, never to be tried, no list is shown again.

        Source: measured.
        """
        inner: Any = {} if kind == "objects" else []
        for _ in range(253):
            inner = {"a": inner} if kind == "objects" else [inner]

        assert same(api.create(metadata={"a": inner})["metadata"], {"a": inner})

    def test_half_a_character_in_raw_bytes(self, api: Caller) -> None:
        """Half a surrogate pair may be sent as bytes, and cannot be stored: a 400.

        Source: recording `create-metadata-lone-surrogate`; CPython's `json.loads`.
        """
        content = json.dumps(api.body(description="?")).encode().replace(b"?", b"\xed\xa0\x80")

        response = api.send("POST", content=content, headers=_JSON)

        assert same(parsed(response, 400), unstorable("create"))

    def test_a_content_type_of_three_parts(self, api: Caller) -> None:
        """A content type has one slash, or is none of JSON.

        Source: recording `create-ct-text-plain`; the standard library's `email.message`.
        """
        content = json.dumps(api.body()).encode()
        headers = {"Content-Type": "application/x/y+json"}

        (detail,) = api.mistakes(api.send("POST", content=content, headers=headers))

        assert detail["type"] == "model_attributes_type"

    def test_an_id_holds_its_time(self, api: Caller) -> None:
        """An id begins with 36 bits of Unix seconds; 24 bits of a second's fraction follow.

        Source: measured; uuid7 0.1.0 (`uuid_extensions`), which the server makes ids with.
        """
        shown = api.create()

        bits = UUID(shown["id"]).int
        fraction = (bits >> 80 & 0xFFF) << 12 | bits >> 64 & 0xFFF
        made = moment(shown["created_at"]).timestamp()
        # The database has a clock of its own.
        assert abs((bits >> 92) + fraction / (1 << 24) - made) < (2e-6 if api.target.exact else 60)

    @pytest.mark.parametrize(("length", "status"), [(2676, 201), (2677, 500)])
    def test_the_longest_name_that_does_not_compress(
        self, api: Caller, length: int, status: int
    ) -> None:
        """A name of random letters has at most 2,676: what an index of the database has room for.

        Source: measured; PostgreSQL 15's `nbtree`.
        """
        name = api.name("".join(Random(7).choices(ascii_letters, k=3000)))[:length]  # noqa: S311

        response = api.send("POST", json={"name": name, "value": VALUE})

        api.check_deployed(response, status, "another database, or a setting of it, has other room")

    @pytest.mark.parametrize("text", ["X1", "1X", "%1C1", "1%1F", "1%00"])
    def test_what_is_no_space(self, api: Caller, text: str) -> None:
        """Around an integer there may be what Unicode calls white space, and nothing else.

        Source: pydantic-core 2.27.2, and Rust's `trim`.
        """
        (detail,) = api.mistakes(api.send("GET", query=f"limit={text}"))

        assert detail["type"] == "int_parsing"

    @pytest.mark.parametrize("text", ["1_0", "1_0.0", "%C2%A010%E2%80%89", "%2B0010"])
    def test_ten(self, api: Caller, text: str) -> None:
        """Digits may have single underscores between them, and any white space around.

        Source: recordings `list-query-limit_eq_01`, `list-query-limit_eq_pct2B1`; pydantic-core
        2.27.2.
        """
        for number in range(11 - len(api.page("limit=11"))):
            api.create(str(number))

        assert len(api.page(f"limit={text}")) == 10

    @pytest.mark.parametrize(
        ("text", "status"),
        [("9" * 4300, 400), ("-" + "9" * 4299, 400), ("%2B" + "9" * 4301, 422)],
        ids=["4300 digits", "a minus and 4299 digits", "a plus and 4301 digits"],
    )
    def test_4300_characters_are_a_number(self, api: Caller, text: str, status: int) -> None:
        """Up to 4,300 characters are a number, if one that the database cannot take.

        Source: recording `list-query-limit-5000-digits`; pydantic-core 2.27.2.
        """
        response = api.send("GET", query=f"offset={text}")

        if status == 400:
            assert same(parsed(response, 400), unstorable("list"))
        else:
            (detail,) = api.mistakes(response)
            assert detail["type"] == "int_parsing"

    def test_only_a_list_has_parameters(self, api: Caller) -> None:
        """Other operations take no notice of limit and offset.

        Source: recording `delete-query-ignored`; measured.
        """
        secret = done(api.send("POST", json=api.body(), query="limit=abc"))

        updated = api.send("PUT", item(secret), json=api.body(), query="limit=-1")
        deleted = api.send("DELETE", item(secret), query="offset=abc")

        assert (updated.status_code, deleted.status_code) == (200, 202)

    @pytest.mark.parametrize(
        ("tail", "fields"),
        [
            ("x" * 1000, {}),
            ("key", {"value": ""}),
            ("key", {"value": "v" * 100_000}),
            ("key", {"description": "d" * 100_000}),
            ("key", {"metadata": {"text": "m" * 65_536, "list": [{"a": None}]}}),
        ],
        ids=["name", "empty value", "value", "description", "metadata"],
    )
    def test_an_update_takes_as_much_as_a_create(
        self, api: Caller, tail: str, fields: dict[str, Any]
    ) -> None:
        """An update has no limits of its own: long texts, an empty value, large nested metadata.

        Source: recordings `update-value-1mb`, `update-value-empty`, `create-description-long`,
        `create-metadata-64kb`, `create-name-length-10000`.
        """
        secret = api.create()

        shown = done(api.send("PUT", item(secret), json=api.body(tail, **fields)))

        given = {"name": api.name(tail), **fields, "value": MASK}
        assert same(shown, {**secret, **given, "updated_at": shown["updated_at"]})

    def test_an_update_ignores_what_the_server_sets(self, api: Caller) -> None:
        """Fields that an update does not have are ignored, also those that the server sets.

        Source: recording `update-extra-fields`.
        """
        secret = api.create()
        more = {"id": UNKNOWN_ID, "created_at": "2020-01-01T00:00:00Z", "new_name": "x"}

        shown = api.update(secret, **more, updated_at="2020-01-01T00:00:00Z", developer_id="x")

        assert shown["updated_at"] > secret["updated_at"]
        assert same(shown, {**secret, "updated_at": shown["updated_at"]})
        assert same(api.find(secret), shown)

    @pytest.mark.parametrize(("secret_id", "mistake"), _MISTAKES)
    def test_the_place_of_a_mistake(self, api: Caller, secret_id: str, mistake: str) -> None:
        """What is wrong with an id is told as by Rust: the group, or the character and its place.

        Source: recordings `delete-malformed-id-*`, `update-malformed-id-*`; pydantic-core 2.27.2,
        and the crate uuid below it.
        """
        (detail,) = api.mistakes(api.send("DELETE", item(secret_id)))

        api.check_words(detail["msg"], f"Input should be a valid UUID, invalid {mistake}")
