"""What X-Developer-Id does, where the server itself reads it."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from pytest_julep_secrets.contract.caller import Caller, item
from pytest_julep_secrets.contract.replies import parsed, same, unknown

_INVALID = {"error": {"message": "Invalid developer ID", "code": "invalid_developer_id"}}
_HEADER = "X-Developer-Id"


class DeveloperPromises:
    """Developers and tenants."""

    @pytest.mark.parametrize("path", ["/secrets", "/no/such/path", "/secrets/"])
    def test_a_malformed_id(self, api: Caller, path: str) -> None:
        """An id that is no UUID is a 400, before the route and the key are looked at.

        Source: recordings `auth-developer-id-invalid`, `auth-developer-id-invalid-no-key`,
        `tenant-invalid-header`, `sdk-multi-invalid-developer`.
        """
        api.needs("developers")
        headers = {_HEADER: "none", api.target.key_header: None}

        response = api.send("GET", path, headers=headers)

        assert same(parsed(response, 400), _INVALID)

    def test_an_empty_id(self, api: Caller) -> None:
        """An empty id is a 422 of the header.

        Source: recordings `auth-developer-id-empty`, `tenant-empty-header`.
        """
        api.needs("developers")

        details = api.mistakes(api.send("GET", headers={_HEADER: ""}))

        assert [(detail["type"], detail["loc"]) for detail in details] == [
            ("uuid_parsing", "header.x-developer-id")
        ]

    def test_the_header_comes_before_the_rest(self, api: Caller) -> None:
        """Mistakes of header, path and body are told in this order.

        Source: recordings `auth-developer-id-empty`, `update-malformed-id-and-body`; FastAPI.
        """
        api.needs("developers")

        response = api.send("PUT", item("nope"), json={}, headers={_HEADER: ""})

        places = [detail["loc"] for detail in api.mistakes(response)]
        assert places == ["header.x-developer-id", "path.secret_id", "name", "value"]

    def test_ways_to_write_a_developer(self, api: Caller) -> None:
        """An id is the same in upper case and without hyphens.

        Source: recordings `tenant-simple-form`, `tenant-uppercase`.
        """
        api.needs("tenants")
        secret = api.create()
        developer = UUID(api.target.developer)

        for written in (developer.hex, str(developer).upper()):
            response = api.send("GET", query="limit=100", headers={_HEADER: written})
            assert secret["id"] in [shown["id"] for shown in parsed(response, 200)]

    def test_another_developer_sees_nothing(self, api: Caller) -> None:
        """A developer's secrets are in nobody else's list; an id nobody knows has none at all.

        Source: recordings `tenant-list-isolated`, `tenant-unknown-developer`.
        """
        api.needs("tenants")
        api.create()

        response = api.send("GET", headers={_HEADER: str(uuid4())})

        assert parsed(response, 200) == []

    @pytest.mark.parametrize(("method", "operation"), [("PUT", "update"), ("DELETE", "delete")])
    def test_another_developer_changes_nothing(
        self, api: Caller, method: str, operation: str
    ) -> None:
        """To another developer a secret is unknown: 404, and it stays.

        Source: recordings `tenant-update-other`, `tenant-delete-other`.
        """
        api.needs("tenants")
        secret = api.create()
        body = api.body("new") if method == "PUT" else None

        response = api.send(method, item(secret), json=body, headers={_HEADER: str(uuid4())})

        assert same(parsed(response, 404), unknown(operation))
        assert same(api.own(), [secret])
