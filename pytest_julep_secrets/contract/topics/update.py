"""What an update promises."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from pytest_julep_secrets.contract.caller import UNKNOWN_ID, VALUE, Caller, item
from pytest_julep_secrets.contract.names import incompressible
from pytest_julep_secrets.contract.replies import (
    MASK,
    constraint,
    done,
    in_order,
    moment,
    parsed,
    same,
    unique,
    unknown,
    unstorable,
)


class UpdatePromises:
    """`PUT /secrets/{id}`."""

    def test_all_is_overwritten(self, api: Caller) -> None:
        """An update answers 200 with what it was given; the list shows the same.

        Source: recording `update-all`.
        """
        secret = api.create(description="old", metadata={"a": 1})
        given = {"name": api.name("new"), "description": "new", "metadata": {"b": 2}}

        body = {**api.body(), **given}
        shown = parsed(api.send("PUT", item(secret), json=body), 200)

        assert same({key: shown[key] for key in given}, given)
        assert same(api.find(secret), shown)

    def test_id_and_creation_stay(self, api: Caller) -> None:
        """An update keeps the id and the time of creation.

        Source: recordings `update-all`, `update-rename`.
        """
        secret = api.create()

        shown = api.update(secret, name=api.name("new"))

        assert shown["id"] == secret["id"]
        assert shown["created_at"] == secret["created_at"]

    def test_each_update_has_its_time(self, api: Caller) -> None:
        """The time of update moves, also when nothing else changes.

        Source: recordings `update-noop`, `update-twice`.
        """
        secret = api.create()

        times = [moment(shown["updated_at"]) for shown in (secret, *_twice(api, secret))]

        assert times[0] < times[1] < times[2]

    @pytest.mark.parametrize("given", [{}, {"description": None, "metadata": None}])
    def test_an_update_keeps_what_is_left_out(self, api: Caller, given: dict[str, None]) -> None:
        """A description or metadata that is absent or null is kept.

        Source: recordings `update-description-omitted`, `update-description-null`,
        `update-metadata-omitted`, `update-value-only`, `sdk-update-keeps`.
        """
        secret = api.create(description="kept", metadata={"a": 1})

        shown = api.update(secret, **given)

        assert same([shown["description"], shown["metadata"]], ["kept", {"a": 1}])

    def test_empty_overwrites(self, api: Caller) -> None:
        """An empty description and empty metadata overwrite.

        Source: recordings `update-description-empty`, `update-metadata-empty`.
        """
        secret = api.create(description="old", metadata={"a": 1})

        shown = api.update(secret, description="", metadata={})

        assert same([shown["description"], shown["metadata"]], ["", {}])

    def test_null_stays_null(self, api: Caller) -> None:
        """What a secret never had is still null after an update, and can be set.

        Source: recordings `update-metadata-null-stays-null`,
        `update-description-set-first-time`.
        """
        secret = api.create()

        kept, given = api.update(secret), api.update(secret, description="new")

        assert same([kept["description"], kept["metadata"]], [None, None])
        assert same([given["description"], given["metadata"]], ["new", None])

    def test_metadata_is_replaced_whole(self, api: Caller) -> None:
        """Metadata is replaced, not merged.

        Source: recording `update-metadata-replaced`.
        """
        secret = api.create(metadata={"a": 1, "b": {"c": 2}})

        assert same(api.update(secret, metadata={"b": {}})["metadata"], {"b": {}})

    def test_an_update_is_stored_as_a_create_is(self, api: Caller) -> None:
        """An update's texts lose their NULs and keep their spaces; its metadata is JSONB, too.

        Source: recordings `update-rename-to-nul-conflict`, `scenario-random-1`; PostgreSQL's JSONB.
        """
        secret = api.create()

        shown = api.update(secret, description=" c\0d ", metadata={"bb": "f\0g", "a": None})

        assert shown["description"] == " cd "
        assert in_order(shown["metadata"], {"a": None, "bb": "fg"})
        assert same(api.find(secret), shown)

    @pytest.mark.parametrize("missing", ["name", "value"])
    def test_name_and_value_are_required(self, api: Caller, missing: str) -> None:
        """There is no update of a part: without a name or a value it is a 422.

        Source: recordings `update-name-missing`, `update-value-missing`.
        """
        secret = api.create()
        body = {key: value for key, value in api.body("new").items() if key != missing}

        (detail,) = api.mistakes(api.send("PUT", item(secret), json=body))

        assert (detail["type"], detail["loc"]) == ("missing", missing)
        assert same(api.find(secret), secret)

    def test_a_listed_secret_may_be_sent_back(self, api: Caller) -> None:
        """What the list shows is a valid update, which makes "ENCRYPTED" the value.

        Source: recordings `update-roundtrip-list-item`, `update-extra-fields`.
        """
        secret = api.create(description="kept")

        shown = done(api.send("PUT", item(secret), json=secret))

        assert shown["value"] == MASK
        assert shown["created_at"] == secret["created_at"]
        assert shown["updated_at"] > secret["updated_at"]

    def test_the_old_name_is_free(self, api: Caller) -> None:
        """After a rename the old name can be given to another secret, and the new one cannot.

        Source: recordings `update-rename`, `scenario-rotation`.
        """
        api.update(api.create("old"), name=api.name("new"))

        api.create("old")
        assert api.send("POST", json=api.body("new")).status_code == 409

    def test_a_rename_to_another_case(self, api: Caller) -> None:
        """A secret can be renamed to another case of its name, and of another secret's.

        Source: recordings `update-rename-case`, `create-different-case`.
        """
        api.create("other")
        secret = api.create("key")

        for tail in ("KEY", "Other"):
            assert api.update(secret, name=api.name(tail))["name"] == api.name(tail)

    @pytest.mark.parametrize("tail", ["taken", "ta\0ken"])
    def test_a_name_in_use_is_refused(self, api: Caller, tail: str) -> None:
        """A rename to another secret's name is a 409, and nothing changes.

        Source: recordings `update-rename-conflict`, `update-rename-to-nul-conflict`.
        """
        api.create("taken")
        secret = api.create()
        body = api.body(tail, description="new")

        assert same(parsed(api.send("PUT", item(secret), json=body), 409), unique("update"))
        assert same(api.find(secret), secret)

    @pytest.mark.parametrize("name", ["", "{}-b", "1{}", "{}b\n"])
    def test_a_name_that_is_none_is_refused(self, api: Caller, name: str) -> None:
        """A rename to what is no name is a 400, and nothing changes.

        Source: recordings `update-rename-invalid`, `update-rename-empty`.
        """
        secret = api.create()
        body = {"name": name.format(api.name()), "value": VALUE, "description": "new"}

        assert same(parsed(api.send("PUT", item(secret), json=body), 400), constraint("update"))
        assert same(api.find(secret), secret)

    @pytest.mark.parametrize("body", ["good", "bad-name"])
    def test_an_unknown_id_is_not_updated(self, api: Caller, body: str) -> None:
        """An update of an id that nobody has is a 404, whatever the name.

        Source: recordings `update-unknown-id`, `update-nil-id`,
        `update-unknown-id-invalid-name`, `sdk-update-not-found`.
        """
        for secret_id in (UNKNOWN_ID, str(UUID(int=0))):
            response = api.send("PUT", item(secret_id), json=api.body(body))

            assert same(parsed(response, 404), unknown("update"))

    def test_a_deleted_secret_is_unknown(self, api: Caller) -> None:
        """An update of a deleted secret is a 404.

        Source: recording `update-deleted`.
        """
        secret = api.create()
        api.delete(secret)

        response = api.send("PUT", item(secret), json=api.body())

        assert same(parsed(response, 404), unknown("update"))

    def test_what_cannot_be_stored_comes_before_an_unknown_id(self, api: Caller) -> None:
        """Data that the database cannot read is a 400, also with an unknown id.

        Source: the server's behaviour as measured (PostgreSQL reads parameters first).
        """
        body = {**api.body(), "description": "\ud800"}

        response = api.send("PUT", item(UNKNOWN_ID), json=body)

        assert same(parsed(response, 400), unstorable("update"))

    def test_a_name_too_long_is_refused(self, api: Caller) -> None:
        """A rename to a name that does not fit into the index is a plain 500.

        Source: recording `create-name-incompressible-2800`; PostgreSQL's btree.
        """
        secret = api.create()

        response = api.send("PUT", item(secret), json=api.body(incompressible(5400)))

        api.check_deployed(response, 500, "names are limited otherwise here")
        assert same(api.find(secret), secret)

    @pytest.mark.parametrize(
        "form", ["{0.hex}", "urn:uuid:{0}", "%7B{0}%7D", "upper"], ids=["hex", "urn", "{}", "upper"]
    )
    def test_ways_to_write_the_id_of_an_update(self, api: Caller, form: str) -> None:
        """An id is known in upper case, without hyphens, in braces and as a URN; shown plain.

        Source: recordings `update-id-uppercase`, `update-id-simple-form`,
        `update-existing-by-urn`.
        """
        secret = api.create()
        written = form.format(UUID(secret["id"])) if "{" in form else secret["id"].upper()

        assert done(api.send("PUT", item(written), json=api.body()))["id"] == secret["id"]

    def test_updates_at_the_same_time(self, api: Caller) -> None:
        """Updates of one secret at the same time are all made.

        Source: recording `update-concurrent-same-secret`.
        """
        secret = api.create()

        responses = api.in_parallel([lambda: api.send("PUT", item(secret), json=api.body())] * 8)

        assert all(response.is_success for response in responses)

    def test_one_of_many_wins_a_rename(self, api: Caller) -> None:
        """Of renames to one name at the same time exactly one is made.

        Source: measured: 10 renames to one name, one 200 and nine 409.
        """
        made = [api.create(str(number)) for number in range(6)]

        def rename(secret: dict[str, Any]) -> Any:
            return lambda: api.send("PUT", item(secret), json=api.body("wanted"))

        responses = api.in_parallel([rename(secret) for secret in made])

        assert [response.is_success for response in responses].count(True) == 1
        assert [response.status_code for response in responses].count(409) == 5


def _twice(api: Caller, secret: dict[str, Any]) -> list[dict[str, Any]]:
    return [api.update(secret), api.update(secret)]
