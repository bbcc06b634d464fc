"""What a create promises."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_julep_secrets.contract.caller import VALUE, Caller
from pytest_julep_secrets.contract.names import incompressible
from pytest_julep_secrets.contract.replies import (
    FIELDS,
    MASK,
    compact,
    constraint,
    done,
    is_id,
    moment,
    parsed,
    same,
    unique,
    unstorable,
)

_LONG = 2700


class CreatePromises:
    """`POST /secrets`."""

    def test_a_new_secret_is_shown(self, api: Caller) -> None:
        """A create answers 201 with the secret: its name, and null for what was not given.

        Source: recordings `create-minimal`, `sdk-create-minimal`.
        """
        shown = parsed(api.send("POST", json=api.body()), 201)

        assert set(shown) == set(FIELDS)
        assert shown["name"] == api.name()
        assert shown["description"] is None
        assert shown["metadata"] is None

    def test_a_new_secret_is_listed(self, api: Caller) -> None:
        """A secret is in the list from the moment it was made, as the create has shown it.

        Source: recordings `list-one`, `create-full`.
        """
        shown = api.create(description="for tests", metadata={"team": "a"})

        assert same(api.find(shown), shown)

    def test_a_value_is_never_shown(self, api: Caller) -> None:
        """No answer holds a value: create, update and list show it as "ENCRYPTED".

        Source: recordings `create-minimal`, `list-one`, `update-all`.
        """
        secret = api.create()

        answers = [
            api.send("PUT", f"/secrets/{secret['id']}", json=api.body()),
            api.send("GET", query="limit=1"),
        ]

        assert secret["value"] == MASK
        assert done(answers[0])["value"] == MASK
        assert not [answer for answer in answers if VALUE in answer.text]

    def test_what_is_given_is_shown(self, api: Caller) -> None:
        """Description and metadata are shown as they were given, with spaces around.

        Source: recordings `create-full`, `create-description-unicode`; pydantic 2.10.6, which
        strips no text unless it is told to.
        """
        description = ' Zoë\'s "key"\nзимa 🔑 '

        shown = api.create(description=description, metadata={"team": "a"})

        assert shown["description"] == description
        assert same(shown["metadata"], {"team": "a"})

    @pytest.mark.parametrize("empty", [("", {}), (None, None)], ids=["empty", "null"])
    def test_empty_and_null_stay_what_they_are(self, api: Caller, empty: tuple[Any, Any]) -> None:
        """An empty description or metadata is no null, and a null no empty one.

        Source: recordings `create-description-empty`, `create-description-null`,
        `create-metadata-empty`, `create-metadata-null`, `sdk-create-nones`.
        """
        description, metadata = empty

        shown = api.create(description=description, metadata=metadata)

        assert same([shown["description"], shown["metadata"]], [description, metadata])

    def test_an_id_is_a_uuid_of_version_7(self, api: Caller) -> None:
        """Ids are UUIDs of version 7, in lower case with hyphens, each another.

        Source: recordings `create-*`: every id in them.
        """
        ids = [api.create(tail)["id"] for tail in ("a", "b")]

        assert all(map(is_id, ids))
        assert len(set(ids)) == 2

    def test_a_new_secret_has_one_time(self, api: Caller) -> None:
        """It is created and updated at the same moment: UTC, six digits or none.

        Source: recordings `create-*`: the check `created_at == updated_at`.
        """
        shown = api.create()

        moment(shown["created_at"])
        assert shown["created_at"] == shown["updated_at"]

    @pytest.mark.parametrize(
        "value", ["", "зимa 🔑 \"'\n", "x" * 262_144, "\0"], ids=["empty", "unicode", "long", "nul"]
    )
    def test_a_value_is_any_text(self, api: Caller, value: str) -> None:
        """A value may be any text: empty, of any characters, long.

        Source: recordings `create-value-empty`, `create-value-unicode`, `create-value-1mb`,
        `create-value-only-nul`.
        """
        done(api.send("POST", json=api.body() | {"value": value}))

    def test_a_description_is_any_text(self, api: Caller) -> None:
        """A description may be long: 100,000 characters.

        Source: recording `create-description-long`.
        """
        assert api.create(description="d" * 100_000)["description"] == "d" * 100_000

    @pytest.mark.parametrize(
        "tail", ["key", "KEY", "Key9", "a__b", "_", "1"], ids=lambda tail: f"..{tail}"
    )
    def test_a_name_is_an_identifier(self, api: Caller, tail: str) -> None:
        """A name is a letter followed by letters, digits and underscores.

        Source: recordings `create-name-valid-*`.
        """
        assert api.create(tail)["name"] == api.name(tail)

    @pytest.mark.parametrize(
        "name",
        [
            *("{}-b", "{}.b", "{} b", "{}/b", "{}$", "{}b\tc", "{}b\nc", "{}b\n", "{} "),
            *(" {}", "1{}", "_{}", "", "{}ï", "имя{}", "{}🔑", "{}٣", "\u0131{}"),
        ],
    )
    def test_another_name_is_refused(self, api: Caller, name: str) -> None:
        """Any other name is a 400 of the database, and nothing is made.

        Source: recordings `create-name-invalid-*`.
        """
        body = {"name": name.format(api.name()), "value": VALUE}

        assert same(parsed(api.send("POST", json=body), 400), constraint("create"))
        assert api.own() == []

    @pytest.mark.parametrize("length", [255, 10_000])
    def test_a_name_may_be_long(self, api: Caller, length: int) -> None:
        """A name has no limit as such: the database compresses it.

        Source: recordings `create-name-length-255`, `create-name-length-10000`.
        """
        assert len(api.create("a" * length)["name"]) > length

    def test_a_name_that_compresses_badly_is_too_long(self, api: Caller) -> None:
        """A name that does not fit into a row of the index is a plain 500, and nothing is made.

        Source: recording `create-name-incompressible-2800`; PostgreSQL's btree.
        """
        response = api.send("POST", json=api.body(incompressible(2 * _LONG)))

        api.check_deployed(response, 500, "names are limited otherwise here")
        assert response.text == "Internal Server Error"
        assert api.own() == []

    def test_a_long_name_that_fits_is_taken(self, api: Caller) -> None:
        """A name of 2,600 characters that do not compress still fits.

        Source: recording `create-name-incompressible-2600`; PostgreSQL's btree.
        """
        tail = incompressible(2600 - len(api.name("")))

        assert len(api.create(tail)["name"]) == 2600

    def test_a_name_is_taken_once(self, api: Caller) -> None:
        """A second secret of the name is a 409, whatever else it is given; the first stays.

        Source: recordings `create-duplicate`, `sdk-create-duplicate`.
        """
        first = api.create(description="first")

        response = api.send("POST", json=api.body(description="second"))

        assert same(parsed(response, 409), unique("create"))
        assert same(api.find(first), first)

    def test_an_idempotency_key_changes_nothing(self, api: Caller) -> None:
        """The same request again is a 409, also with an Idempotency-Key.

        Source: recording `create-idempotency-key-ignored`.
        """
        headers = {"Idempotency-Key": "once"}
        api.send("POST", json=api.body(), headers=headers)

        assert api.send("POST", json=api.body(), headers=headers).status_code == 409

    def test_case_makes_another_name(self, api: Caller) -> None:
        """Names differ by case.

        Source: recording `create-different-case`.
        """
        names = {api.create(tail)["name"] for tail in ("key", "Key", "KEY")}

        assert len(names) == 3

    def test_nul_is_dropped(self, api: Caller) -> None:
        """A NUL is left out of a name, a description and the texts of metadata.

        Source: recordings `create-name-nul-removed`, `create-description-nul`.
        """
        shown = api.create("a\0b", description="c\0d", metadata={"e": "f\0g", "h": ["i\0j"]})

        assert shown["name"] == api.name("ab")
        assert shown["description"] == "cd"
        assert same(shown["metadata"], {"e": "fg", "h": ["ij"]})

    def test_a_dropped_nul_makes_a_name_that_is_taken(self, api: Caller) -> None:
        """A name counts without its NULs.

        Source: recordings `create-name-nul-removed`, `update-rename-to-nul-conflict`.
        """
        api.create("ab")

        response = api.send("POST", json=api.body("a\0b"))

        assert same(parsed(response, 409), unique("create"))

    @pytest.mark.parametrize("field", ["name", "value", "description"])
    def test_half_a_character_is_refused(self, api: Caller, field: str) -> None:
        """Half a surrogate pair cannot be stored: a 400.

        Source: recording `create-name-lone-surrogate`.
        """
        body = {**api.body(), field: f"{api.name()}\ud800"}

        assert same(parsed(api.send("POST", json=body), 400), unstorable("create"))
        assert api.own() == []

    def test_unknown_fields_are_ignored(self, api: Caller) -> None:
        """Fields that a create does not have are ignored, also those that the server sets.

        Source: recording `create-extra-fields`.
        """
        shown = api.create(
            id="0195a000-1111-7222-8333-444455556666",
            created_at="2000-01-01T00:00:00Z",
            developer_id="x",
            colour="red",
        )

        assert set(shown) == set(FIELDS)
        assert shown["id"] != "0195a000-1111-7222-8333-444455556666"
        assert shown["created_at"] > "2001"

    def test_fields_come_in_order(self, api: Caller) -> None:
        """A secret is shown as compact JSON, its fields in one order, characters as they are.

        Source: recordings `create-field-order-irrelevant`, `create-description-unicode`.
        """
        response = api.send("POST", json=dict(reversed(api.body(description="Zoë").items())))
        shown = done(response)

        assert tuple(shown) == FIELDS
        assert response.text == compact(shown)

    def test_one_of_many_wins_a_name(self, api: Caller) -> None:
        """Of creates of one name at the same time exactly one is made.

        Source: recording `create-concurrent-same-name`.
        """
        body = api.body()

        responses = api.in_parallel([lambda: api.send("POST", json=body)] * 8)

        assert [response.is_success for response in responses].count(True) == 1
        assert [response.status_code for response in responses].count(409) == 7
        assert len(api.own()) == 1
