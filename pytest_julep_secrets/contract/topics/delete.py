"""What a delete promises."""

from __future__ import annotations

from uuid import UUID

import pytest

from pytest_julep_secrets.contract.caller import UNKNOWN_ID, Caller, item
from pytest_julep_secrets.contract.replies import done, moment, parsed, same, unknown


class DeletePromises:
    """`DELETE /secrets/{id}`."""

    def test_what_is_answered(self, api: Caller) -> None:
        """A delete answers 202 with the id, the time and no jobs, in this order.

        Source: recording `delete-ok`.
        """
        secret = api.create()

        deleted = parsed(api.send("DELETE", item(secret)), 202)

        assert list(deleted) == ["id", "deleted_at", "jobs"]
        assert (deleted["id"], deleted["jobs"]) == (secret["id"], [])
        assert moment(deleted["deleted_at"]) > moment(secret["created_at"])

    def test_only_that_one_goes(self, api: Caller) -> None:
        """The deleted secret is no longer in the list, the others are.

        Source: recordings `delete-one-of-three`, `list-after-delete`.
        """
        made = [api.create(tail) for tail in "abc"]
        api.delete(made[1])

        assert same(api.own(), [made[2], made[0]])

    def test_the_second_time_it_is_unknown(self, api: Caller) -> None:
        """A secret is deleted once; then it is a 404.

        Source: recordings `delete-twice`, `sdk-delete-not-found`.
        """
        secret = api.create()
        api.delete(secret)

        assert same(parsed(api.send("DELETE", item(secret)), 404), unknown("delete"))

    @pytest.mark.parametrize("secret_id", [UNKNOWN_ID, str(UUID(int=0))])
    def test_an_unknown_id_is_not_deleted(self, api: Caller, secret_id: str) -> None:
        """A delete of an id that nobody has is a 404.

        Source: recordings `delete-unknown`, `delete-nil-id`.
        """
        assert same(parsed(api.send("DELETE", item(secret_id)), 404), unknown("delete"))

    @pytest.mark.parametrize("form", ["{0.hex}", "urn:uuid:{0}"], ids=["hex", "urn"])
    def test_ways_to_write_the_id_of_a_delete(self, api: Caller, form: str) -> None:
        """A delete knows an id without hyphens and as a URN, too; it answers with the plain one.

        Source: recordings `delete-id-simple-form`, `delete-existing-by-urn`.
        """
        secret = api.create()

        response = api.send("DELETE", item(form.format(UUID(secret["id"]))))

        assert done(response)["id"] == secret["id"]
        assert api.find(secret) is None

    def test_a_name_is_free_again(self, api: Caller) -> None:
        """The name can be given again: another id, other times, the first in the list.

        Source: recording `delete-recreate`.
        """
        old = api.create(description="old")
        other = api.create("other")
        api.delete(old)

        new = api.create()

        assert new["id"] != old["id"]
        assert new["created_at"] > old["created_at"]
        assert new["description"] is None
        assert same(api.own(), [new, other])

    def test_query_and_body_are_ignored(self, api: Caller) -> None:
        """A query and a body change nothing.

        Source: recording `delete-query-ignored`.
        """
        secret, other = api.create(), api.create("other")

        response = api.send("DELETE", item(secret), query=f"id={other['id']}", content=b"{")

        assert done(response)["id"] == secret["id"]
        assert same(api.own(), [other])

    def test_one_of_many_deletes(self, api: Caller) -> None:
        """Of deletes of one secret at the same time exactly one is a 202, the others 404.

        Source: recording `delete-concurrent`.
        """
        secret = api.create()

        responses = api.in_parallel([lambda: api.send("DELETE", item(secret))] * 8)

        assert [response.is_success for response in responses].count(True) == 1
        assert [response.status_code for response in responses].count(404) == 7
