"""How the API key is compared, where the server itself does it."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.contract.caller import Caller, item
from pytest_julep_secrets.contract.replies import error, parsed, same

_REFUSED = error(403, "Could not validate API KEY")


class KeyPromises:
    """Authentication: 403, never 401."""

    @pytest.mark.parametrize(
        "written",
        [
            *(None, "", "Bearer", "Bearer not-the-key", "not-the-key", "bearer {}", "BEARER {}"),
            *("Bearer{}", "Token {}", "Basic {}", "Bearer {}x", "Bearer x{}"),
        ],
    )
    def test_what_is_refused(self, api: Caller, written: str | None) -> None:
        """No key, another key, and the key in another scheme are a 403.

        Source: recordings `auth-missing`, `auth-empty`, `auth-wrong`, `auth-bearer-lower`,
        `auth-bearer-only`, `auth-basic`, `auth-token-scheme`, `auth-key-suffix`, `sdk-wrong-key`.
        """
        api.needs("keys")
        header = None if written is None else written.format(api.target.key)

        response = api.send("GET", headers={api.target.key_header: header})

        assert same(parsed(response, 403), _REFUSED)
        assert "www-authenticate" not in response.headers

    @pytest.mark.parametrize("written", ["{}", "Bearer {}", "Bearer   {}", "Bearer Bearer {}"])
    def test_what_is_accepted(self, api: Caller, written: str) -> None:
        """The key counts with "Bearer", however often, and without.

        Source: recordings `auth-bare-key`, `auth-bearer-two-spaces`, `auth-xauth-key`,
        `auth-xauth-bearer`.
        """
        api.needs("keys")
        header = written.format(api.target.key)

        response = api.send("GET", query="limit=1", headers={api.target.key_header: header})

        assert response.status_code == 200

    def test_case_of_the_header(self, api: Caller) -> None:
        """The name of the header may have any case.

        Source: recording `auth-header-name-case`.
        """
        name = api.target.key_header
        header = api.target.headers.get(name)

        response = api.send("GET", query="limit=1", headers={name.swapcase(): header})

        assert response.status_code == 200

    def test_another_header_carries_no_key(self, api: Caller) -> None:
        """The key counts in one header only; what stands in the other makes no difference.

        Source: recordings `auth-x-auth-key-ignored`, `auth-x-auth-key-extra`,
        `auth-xauth-authorization-ignored`, `sdk-xauth-server`.
        """
        api.needs("keys")
        name = api.target.key_header
        other = "X-Auth-Key" if name.lower() == "authorization" else "Authorization"

        alone = api.send("GET", headers={name: None, other: f"Bearer {api.target.key}"})
        beside = api.send("GET", query="limit=1", headers={other: "Bearer not-the-key"})

        assert (alone.status_code, beside.status_code) == (403, 200)

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
    def test_nothing_is_done_without_a_key(self, api: Caller, method: str) -> None:
        """Without the key nothing is made, changed or deleted.

        Source: recordings `auth-missing-post`, `auth-missing-put`, `auth-missing-delete`.
        """
        api.needs("keys")
        secret = api.create()
        path = "/secrets" if method == "POST" else item(secret)
        body = None if method == "DELETE" else api.body("new")

        response = api.send(method, path, json=body, headers={api.target.key_header: None})

        assert same(parsed(response, 403), _REFUSED)
        assert same(api.own(), [secret])

    @pytest.mark.parametrize(
        ("method", "path", "query", "body"),
        [
            ("POST", "/secrets", "", {}),
            ("GET", "/secrets", "limit=abc", None),
            ("PUT", "/secrets/nope", "", {}),
            ("DELETE", "/secrets/nope", "", None),
        ],
    )
    def test_the_key_comes_before_validation(
        self, api: Caller, method: str, path: str, query: str, body: object
    ) -> None:
        """A wrong key and bad fields: a 403.

        Source: recordings `auth-before-validation-body`, `auth-before-validation-query`.
        """
        api.needs("keys")
        headers = {api.target.key_header: "not-the-key"}

        response = api.send(method, path, json=body, query=query, headers=headers)

        assert response.status_code == 403

    def test_json_comes_before_the_key(self, api: Caller) -> None:
        """A wrong key and a body that is no JSON: a 422.

        Source: recording `auth-after-json-parse`.
        """
        api.needs("keys")
        headers = {api.target.key_header: "not-the-key"}

        details = api.mistakes(api.send("POST", content=b"{", headers=headers))

        assert [detail["type"] for detail in details] == ["json_invalid"]

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [("PATCH", "/secrets", 405), ("GET", "/secrets/a/b", 404), ("GET", "/secrets/", 307)],
    )
    def test_routes_come_before_the_key(
        self, api: Caller, method: str, path: str, status: int
    ) -> None:
        """What the router answers needs no key.

        Source: recordings `method-not-allowed-unauthorized`, `not-found-unauthorized`,
        `slash-unauthorized`.
        """
        api.needs("keys")

        response = api.send(method, path, headers={api.target.key_header: None})

        assert response.status_code == status
