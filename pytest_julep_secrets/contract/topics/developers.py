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

    def test_one_tenant_has_one_store(self, api: Caller) -> None:
        """Where a server has no tenants, a well-formed id changes nothing.

        Source: recordings `auth-developer-id-ignored`, `auth-developer-id-create`.
        """
        if api.target.developer is not None:
            pytest.skip("a developer was given: this server keeps tenants apart")
        secret = api.create()

        response = api.send("GET", query="limit=100", headers={_HEADER: str(uuid4())})

        assert secret["id"] in [shown["id"] for shown in parsed(response, 200)]

    @pytest.mark.parametrize(
        ("method", "path"), [("GET", "/secrets"), ("POST", "/secrets"), ("DELETE", item("nope"))]
    )
    def test_a_request_of_nobody(self, api: Caller, method: str, path: str) -> None:
        """With tenants, a request of no developer fails before it is validated: a plain 500.

        Source: recordings `tenant-missing-header-get`, `tenant-missing-header-post`,
        `tenant-missing-header-delete`, `tenant-missing-header-invalid-body`,
        `tenant-missing-header-cors`, `sdk-multi-missing-developer`.
        """
        api.needs("tenants")
        headers = {_HEADER: None, "Origin": "http://app.example"}

        response = api.send(method, path, json={} if method == "POST" else None, headers=headers)

        if response.status_code in {200, 401, 403, 422} and not api.target.exact:
            pytest.skip("a gateway names the developer of a request")
        assert (response.status_code, response.text) == (500, "Internal Server Error")
        assert "access-control-allow-origin" not in response.headers

    def test_the_key_comes_before_the_developer(self, api: Caller) -> None:
        """A wrong key and no developer: a 403; another method: a 405.

        Source: recordings `tenant-missing-header-and-key`, `tenant-method-not-allowed`.
        """
        api.needs("tenants")
        api.needs("keys")
        headers = {_HEADER: None, api.target.key_header: "not-the-key"}

        assert api.send("GET", headers=headers).status_code == 403
        assert api.send("PATCH", headers=headers).status_code == 405

    def test_developers_may_use_one_name(self, api: Caller) -> None:
        """The same name may be given by each developer, once.

        Source: recordings `tenant-same-name`, `tenant-duplicate-own`, `tenant-update-own`,
        `tenant-unknown-developer`.
        """
        api.needs("tenants")
        if not api.target.exact:
            pytest.skip("it would make a secret of a developer whom nobody sweeps for")
        secret = api.create()
        other = {_HEADER: str(uuid4())}

        responses = [api.send("POST", json=api.body(), headers=other) for _ in range(2)]
        theirs = parsed(responses[0], 201)
        updated = api.send("PUT", item(theirs), json=api.body(description="b"), headers=other)

        assert (responses[1].status_code, updated.status_code) == (409, 200)
        assert same(api.find(secret), secret)
        assert api.send("DELETE", item(theirs), headers=other).status_code == 202
